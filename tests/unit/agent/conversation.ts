import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { offlineModel } from '@/lib/agent/models/offline';
import { composeInstructions } from '@/lib/agent/prompts/compose';
import type { ModelState, Stage } from '@/lib/agent/prompts/state';
import { briefForModel, briefInput, patchFromInput } from '@/lib/agent/tools/brief-input';
import { agentTools } from '@/lib/agent/tools/registry';
import { type BriefDraft, missingBriefFields } from '@/lib/domain/brief';
import { applyBriefPatch, checkBriefPatch } from '@/lib/domain/brief-check';
import { promptNotes } from '@/lib/words/en/prompts';

export type Said = { text: string; tools: { name: string; input: Record<string, unknown> }[] };
type Answer = (input: Record<string, unknown>) => Record<string, unknown>;
type Setting = { draft?: BriefDraft; stage?: Stage; state?: Partial<ModelState>; answers?: Record<string, Answer> };

const NOWHERE: ModelState['connection'] = {
  state: 'none',
  simulated: true,
  missing: [],
  accountsToChoose: 0,
  account: null,
  page: null,
};
const MAX_STEPS = 6;

/** A brief with nothing left to ask. */
export const WHOLE: BriefDraft = {
  businessDescription: 'Small bakery in Porto',
  product: 'Birthday cakes',
  targetAudience: 'Families',
  goal: 'MESSAGES',
  monthlyBudget: { minor: '30000', currency: 'EUR' },
  location: 'Porto',
  country: 'PT',
  uniqueSellingPoint: 'Old recipes',
  websiteUrl: null,
};

/** A conversation with the built-in helper over the same prompt a turn builds, with the brief kept in memory. */
export class Conversation {
  draft: BriefDraft;
  cardShown = false;
  private readonly said: LanguageModelV4Prompt = [];
  private readonly model = offlineModel({ paceMs: 0 }).model;

  constructor(private readonly setting: Setting = {}) {
    this.draft = setting.draft ?? {};
  }

  /** The owner writes. */
  async say(text: string): Promise<Said> {
    this.said.push({ role: 'user', content: [{ type: 'text', text }] });
    return this.turn('message');
  }

  /** A button or an event starts the turn. */
  async event(cause: string): Promise<Said> {
    this.said.push({ role: 'user', content: [{ type: 'text', text: promptNotes.notTheOwner }] });
    const answer = await this.turn(cause);
    return answer;
  }

  private state(cause: string): ModelState {
    const missing = missingBriefFields(this.draft);
    return {
      cause,
      stage: this.setting.stage ?? (missing.length > 0 ? 'brief' : 'confirm_brief'),
      conversation: 'ONBOARDING',
      project: 'Shop',
      brief: briefForModel(this.draft),
      missing,
      briefConfirmed: false,
      connection: NOWHERE,
      campaigns: [],
      waiting: [],
      recentCards: [],
      past: null,
      photos: { given: 0, justSent: 0 },
      ...this.setting.state,
    };
  }

  private async turn(cause: string): Promise<Said> {
    const system = composeInstructions(this.state(cause));
    const all: Said = { text: '', tools: [] };
    for (let step = 0; step < MAX_STEPS; step++) {
      const prompt: LanguageModelV4Prompt = [{ role: 'system', content: system }, ...this.said];
      const tools = Object.values(agentTools).map(({ name }) => ({ type: 'function' as const, name, inputSchema: {} }));
      const { content } = await this.model.doGenerate({ prompt, tools });
      const text = content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
      const calls = content.flatMap((part) =>
        part.type === 'tool-call' ? [{ ...part, input: JSON.parse(part.input) as Record<string, unknown> }] : [],
      );
      all.text = [all.text, text].filter(Boolean).join('\n\n');
      this.said.push({
        role: 'assistant',
        content: [
          ...(text ? [{ type: 'text' as const, text }] : []),
          ...calls.map(({ toolCallId, toolName, input }) => ({
            type: 'tool-call' as const,
            toolCallId,
            toolName,
            input,
          })),
        ],
      });
      if (calls.length === 0) return all;
      for (const call of calls) {
        all.tools.push({ name: call.toolName, input: call.input });
        const value = this.run(call.toolName, call.input) as never;
        this.said.push({
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              toolCallId: call.toolCallId,
              toolName: call.toolName,
              output: { type: 'json', value },
            },
          ],
        });
      }
    }
    throw new Error('the helper did not come to an end');
  }

  private run(name: string, input: Record<string, unknown>): Record<string, unknown> {
    const scripted = this.setting.answers?.[name];
    if (scripted) return scripted(input);
    if (name === 'update_brief') {
      const { patch, problems } = patchFromInput(briefInput.parse(input));
      const checked = checkBriefPatch(patch, this.draft);
      this.draft = applyBriefPatch(this.draft, checked.accepted);
      const missing = missingBriefFields(this.draft);
      const all = [...problems, ...checked.problems];
      return {
        ok: all.length === 0,
        brief: briefForModel(this.draft),
        version: 1,
        missing,
        problems: all,
        complete: missing.length === 0,
        changed: true,
      };
    }
    if (name === 'show_brief') {
      const shown = this.cardShown ? 'earlier' : 'now';
      this.cardShown = true;
      return { ok: missingBriefFields(this.draft).length === 0, shown };
    }
    return { ok: true, shown: 'now' };
  }
}
