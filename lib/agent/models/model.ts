import type { LanguageModelV4 } from '@ai-sdk/provider';

/** The one interface behind which a paid model and the built-in helper stand. */
export type ChatModel = {
  provider: 'anthropic' | 'offline';
  modelId: string;
  model: LanguageModelV4;
  /** Micro-dollars per token. */
  microsPerInputToken: number;
  microsPerOutputToken: number;
  maxOutputTokens: number;
};

/** What a call cost, in micro-dollars, rounded up so that the limit is never outrun by rounding. */
export function costMicros(model: ChatModel, usage: { inputTokens: number; outputTokens: number }): bigint {
  return BigInt(
    Math.ceil(usage.inputTokens * model.microsPerInputToken + usage.outputTokens * model.microsPerOutputToken),
  );
}
