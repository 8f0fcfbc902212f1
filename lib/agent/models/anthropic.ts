import { createAnthropic } from '@ai-sdk/anthropic';
import type { ChatModel } from './model';

/** Published prices in micro-dollars per token; a model not named here is counted as the dearest, never as free. */
const PRICES: readonly [RegExp, { input: number; output: number }][] = [
  [/haiku/, { input: 1, output: 5 }],
  [/sonnet/, { input: 3, output: 15 }],
];
const DEAREST = { input: 15, output: 75 };
const MAX_OUTPUT_TOKENS = 4096;

/** @param settings.baseUrl host of the Messages API, with or without /v1. */
export function anthropicModel(settings: { apiKey: string; modelId: string; baseUrl?: string }): ChatModel {
  const provider = createAnthropic({
    apiKey: settings.apiKey,
    ...(settings.baseUrl ? { baseURL: withVersion(settings.baseUrl) } : {}),
  });
  const price = PRICES.find(([shape]) => shape.test(settings.modelId))?.[1] ?? DEAREST;
  return {
    provider: 'anthropic',
    modelId: settings.modelId,
    model: provider(settings.modelId),
    microsPerInputToken: price.input,
    microsPerOutputToken: price.output,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
  };
}

/** The AI SDK wants the version in the base URL; other clients of the same variable leave it out. */
function withVersion(baseUrl: string): string {
  const bare = baseUrl.replace(/\/+$/, '');
  return bare.endsWith('/v1') ? bare : `${bare}/v1`;
}
