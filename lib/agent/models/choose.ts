import { env } from '../../runtime/env';
import { anthropicModel } from './anthropic';
import type { ChatModel } from './model';
import { offlineModel } from './offline';

/** The model of this installation: Anthropic where a key is set, else the built-in helper. Never one in place of the other. */
export function chooseModel(): ChatModel {
  const { ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, ANTHROPIC_MODEL } = env();
  if (!ANTHROPIC_API_KEY) return offlineModel();
  return anthropicModel({
    apiKey: ANTHROPIC_API_KEY,
    modelId: ANTHROPIC_MODEL,
    ...(ANTHROPIC_BASE_URL ? { baseUrl: ANTHROPIC_BASE_URL } : {}),
  });
}
