/** One scripted answer: text, tool calls, or both. */
export type Answer = { text?: string; toolCalls?: { name: string; input: unknown }[] };

/**
 * When to answer what. A rule with both conditions needs both; the first that fits and is not
 * used up wins, and a rule without conditions fits always.
 */
export type Rule = {
  /** Regular expression, without case, on the owner's latest words. */
  whenUserSays?: string;
  /** Name of the tool whose result the conversation ends with. */
  afterToolResult?: string;
  /** Regular expression on the system prompt. */
  whenSystemSays?: string;
  /** Only when the request offers this tool. */
  whenToolOffered?: string;
  /** How often the rule may be used; unlimited when absent. */
  times?: number;
  respond: Answer;
};

export type Block = {
  type: string;
  text?: string;
  id?: string;
  name?: string;
  input?: unknown;
  tool_use_id?: string;
  content?: string | Block[];
};
export type Message = { role: string; content: string | Block[] };
export type Tool = { name: string; description?: string; input_schema?: unknown };

export type Situation = {
  userWords: string;
  /** Set when the last message carries tool results: the tool of the last one. */
  lastTool: string | null;
  lastToolResult: string;
  system: string;
  tools: string[];
};

function blocksOf(message: Message | undefined): Block[] {
  if (!message) return [];
  return typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content;
}

function textOf(content: string | Block[] | undefined): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return content;
  return content.map((block) => block.text ?? '').join('\n');
}

function wordsOf(message: Message): string {
  return blocksOf(message)
    .filter((block) => block.type === 'text')
    .map((block) => block.text ?? '')
    .join('\n');
}

/** What the conversation has come to. */
export function situationOf(messages: Message[], system: string, tools: Tool[]): Situation {
  const results = blocksOf(messages.at(-1)).filter((block) => block.type === 'tool_result');
  const lastResult = results.at(-1);
  const calls = messages.flatMap(blocksOf).filter((block) => block.type === 'tool_use');
  const said = messages
    .filter((message) => message.role === 'user')
    .map(wordsOf)
    .filter((words) => words !== '');
  return {
    userWords: said.at(-1) ?? '',
    lastTool: calls.find((call) => call.id === lastResult?.tool_use_id)?.name ?? null,
    lastToolResult: textOf(lastResult?.content),
    system,
    tools: tools.map((tool) => tool.name),
  };
}

function fits(rule: Rule, situation: Situation): boolean {
  const says = (pattern: string | undefined, text: string) =>
    pattern === undefined || new RegExp(pattern, 'is').test(text);
  // After a tool's result the turn goes on: a rule about the owner's words alone would call the tool for ever.
  if (situation.lastTool !== null && rule.afterToolResult === undefined && rule.whenUserSays !== undefined)
    return false;
  if (rule.afterToolResult !== undefined && rule.afterToolResult !== situation.lastTool) return false;
  if (rule.whenToolOffered !== undefined && !situation.tools.includes(rule.whenToolOffered)) return false;
  return says(rule.whenUserSays, situation.userWords) && says(rule.whenSystemSays, situation.system);
}

export type Script = {
  set(rules: Rule[]): void;
  rules(): (Rule & { used: number })[];
  answer(situation: Situation): Answer;
};

/** Fills {{user}}, {{result}} and {{result.path.to.value}} in every text of an answer. */
function fill<T>(value: T, situation: Situation): T {
  const text = JSON.stringify(value).replace(/\{\{(user|result(?:\.[\w.]+)?)\}\}/g, (_whole, name: string) => {
    const filled =
      name === 'user' ? situation.userWords : resultAt(situation.lastToolResult, name.slice('result'.length + 1));
    return JSON.stringify(filled).slice(1, -1);
  });
  return JSON.parse(text) as T;
}

function resultAt(result: string, path: string): string {
  if (path === '') return result;
  let value: unknown;
  try {
    value = JSON.parse(result);
  } catch {
    return '';
  }
  for (const step of path.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined;
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/** The rules that are set, each with how often it was used. */
export function createScript(): Script {
  let rules: (Rule & { used: number })[] = [];
  return {
    set: (next) => {
      rules = next.map((rule) => ({ ...rule, used: 0 }));
    },
    rules: () => rules,
    answer: (situation) => {
      const rule = rules.find((one) => (one.times === undefined || one.used < one.times) && fits(one, situation));
      if (!rule) return { text: situation.lastTool === null ? 'I am listening.' : 'Done.' };
      rule.used++;
      return fill(rule.respond, situation);
    },
  };
}
