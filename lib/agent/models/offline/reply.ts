import type { ModelState } from '../../prompts/state';
import type { ToolName } from '../../tools/registry';
import type { PromptView } from './prompt-view';

export type Reply = { text: string; calls: { name: ToolName; input: Record<string, unknown> }[] };
/** A prompt with its state, as every part of the helper wants it. */
export type View = PromptView & { state: ModelState };
export type MessageView = View & { text: string };

export const say = (...sentences: (string | false | null | undefined)[]): Reply => ({
  text: sentences.filter(Boolean).join(' '),
  calls: [],
});
export const call = (name: ToolName, input: Record<string, unknown> = {}, text = ''): Reply => ({
  text,
  calls: [{ name, input }],
});
