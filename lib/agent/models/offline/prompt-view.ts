import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { agentWords } from '../../../words/en/agent';
import { readState } from '../../prompts/compose';
import { withoutPhotoNote } from '../../prompts/history';
import type { ModelState } from '../../prompts/state';
import type { AskField } from './understand/listening';

export type ToolOutput = { name: string; output: Record<string, unknown> };

/** All the helper knows: the same prompt a paid model would get, nothing from the side. */
export type PromptView = {
  state: ModelState | null;
  /** The owner's newest words; null where a button or an event started this turn. */
  text: string | null;
  earlier: string[];
  ownTexts: string[];
  /** Results of the tools called since those words, oldest first. */
  results: ToolOutput[];
};

export function viewPrompt(prompt: LanguageModelV4Prompt): PromptView {
  const system = prompt.findLast((message) => message.role === 'system');
  const state = system ? readState(system.content) : null;
  const lastUser = prompt.findLastIndex((message) => message.role === 'user');
  const owner: string[] = [];
  const ownTexts: string[] = [];
  const results: ToolOutput[] = [];
  prompt.forEach((message, index) => {
    // One kind of apostrophe, whatever the keyboard: the rules know only the straight one.
    if (message.role === 'user') owner.push(withoutPhotoNote(textOf(message.content)).replace(/[’‘´`]/g, "'"));
    if (message.role === 'assistant' && index < lastUser) ownTexts.push(textOf(message.content));
    if (message.role !== 'tool' || index < lastUser) return;
    for (const part of message.content)
      if (part.type === 'tool-result') results.push({ name: part.toolName, output: outputOf(part.output) });
  });
  const text = state?.cause === 'message' ? (owner.at(-1) ?? null) : null;
  return { state, text, earlier: owner.slice(0, -1), ownTexts, results };
}

function textOf(content: readonly { type: string; text?: string }[]): string {
  return content
    .map((part) => (part.type === 'text' ? (part.text ?? '') : ''))
    .filter(Boolean)
    .join('\n');
}

function outputOf(output: { type: string; value?: unknown }): Record<string, unknown> {
  return output.type === 'json' && output.value && typeof output.value === 'object' && !Array.isArray(output.value)
    ? (output.value as Record<string, unknown>)
    : { ok: false, problem: 'internal' };
}

const QUESTIONS = Object.entries(agentWords.questions) as [AskField, readonly string[]][];

/** The questions a text of ours contains; we know our own sentences. */
export function questionsIn(text: string): AskField[] {
  return QUESTIONS.filter(([, variants]) => variants.some((variant) => text.includes(variant))).map(([field]) => field);
}

export function askedOften(view: PromptView, field: AskField): number {
  return view.ownTexts.filter((text) => questionsIn(text).includes(field)).length;
}

/** What the owner was last asked: the newest text of ours that holds a question. */
export function pendingQuestions(view: PromptView): AskField[] {
  const last = questionsIn(view.ownTexts.at(-1) ?? '');
  if (last.length > 0) return last;
  const before = questionsIn(view.ownTexts.findLast((text) => questionsIn(text).length > 0) ?? '');
  // Once everything is known only the question that may stay open is still one.
  return view.state?.missing.length === 0 ? before.filter((field) => field === 'customerValue') : before;
}
