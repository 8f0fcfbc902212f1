import type * as z from 'zod';
import type { MessageKind } from '../../domain/message';
import type { ServiceContext } from '../../services/context';
import type { HistoryMessage } from '../../services/standing/history';
import type { Standing } from '../../services/standing/read';

/** The turn as a tool sees it. Cards go to the chat through it, so that what was said before stands before them. */
export type Turn = {
  id: string;
  projectId: string;
  conversationId: string;
  history: readonly HistoryMessage[];
  /** Read anew each time: an earlier tool of the same turn may have changed it. */
  standing(): Promise<Standing>;
  postCard(card: { kind: MessageKind; id: string; text: string }): Promise<void>;
};

export type ToolResult = { ok: boolean; [field: string]: unknown };
export type ToolRun<Input> = { ctx: ServiceContext; input: Input; turn: Turn };

export type AgentTool = {
  name: string;
  /** Facts only; conduct stands in the prompt. */
  description: string;
  inputSchema: z.ZodType;
  run(args: ToolRun<unknown>): Promise<ToolResult>;
};

/** A tool is data. Its input is parsed by its own schema whoever calls it. No tool can approve or spend. */
export function defineTool<const Name extends string, Schema extends z.ZodType>(tool: {
  name: Name;
  description: string;
  inputSchema: Schema;
  run(args: ToolRun<z.output<Schema>>): Promise<ToolResult>;
}): AgentTool & { name: Name } {
  return { ...tool, run: ({ ctx, input, turn }) => tool.run({ ctx, input: tool.inputSchema.parse(input), turn }) };
}
