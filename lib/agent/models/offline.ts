import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { systemClock } from '../../runtime/clock';
import type { ChatModel } from './model';
import { viewPrompt } from './offline/prompt-view';
import type { Reply } from './offline/reply';
import { think } from './offline/think';

const MODEL_ID = 'built-in-helper';
/** A word every few milliseconds: readable as it grows, and Stop has something to stop. */
const PACE_MS = 12;

/** The built-in helper as a language model. Free, offline, and the same for the same prompt. */
export function offlineModel(
  settings: { paceMs?: number; sleep?: (ms: number, signal?: AbortSignal) => Promise<void> } = {},
): ChatModel {
  const pace = { ms: settings.paceMs ?? PACE_MS, sleep: settings.sleep ?? systemClock.sleep };
  return {
    provider: 'offline',
    modelId: MODEL_ID,
    model: new OfflineModel(pace),
    microsPerInputToken: 0,
    microsPerOutputToken: 0,
    maxOutputTokens: 4096,
  };
}

class OfflineModel implements LanguageModelV4 {
  readonly specificationVersion = 'v4';
  readonly provider = 'aigency';
  readonly modelId = MODEL_ID;
  readonly supportedUrls = {};

  constructor(private readonly pace: { ms: number; sleep: (ms: number, signal?: AbortSignal) => Promise<void> }) {}

  async doGenerate(options: LanguageModelV4CallOptions) {
    const reply = replyTo(options);
    const content = [
      ...(reply.text ? [{ type: 'text' as const, text: reply.text }] : []),
      ...reply.calls.map((call) => ({
        type: 'tool-call' as const,
        toolCallId: call.id,
        toolName: call.name,
        input: JSON.stringify(call.input),
      })),
    ];
    return { content, finishReason: finishOf(reply), usage: usageOf(options, reply), warnings: [] };
  }

  async doStream(options: LanguageModelV4CallOptions) {
    const reply = replyTo(options);
    const parts = partsOf(options, reply);
    const { pace } = this;
    const stream = new ReadableStream<LanguageModelV4StreamPart>({
      async pull(controller) {
        const next = parts.next();
        if (next.done || options.abortSignal?.aborted) return controller.close();
        if (next.value.type === 'text-delta' && pace.ms > 0) await pace.sleep(pace.ms, options.abortSignal);
        controller.enqueue(next.value);
      },
    });
    return { stream };
  }
}

type CallWithId = Reply['calls'][number] & { id: string };
type ReplyWithIds = { text: string; calls: CallWithId[] };

/** Ids follow from the place in the prompt, so that the same prompt gives the same reply. */
function replyTo(options: LanguageModelV4CallOptions): ReplyWithIds {
  const offered = new Set((options.tools ?? []).map((tool) => tool.name));
  const reply = think(viewPrompt(options.prompt));
  const calls = reply.calls
    .filter((call) => offered.has(call.name))
    .map((call, index) => ({ ...call, id: `call_${options.prompt.length}_${index}` }));
  return { text: reply.text, calls };
}

function* partsOf(options: LanguageModelV4CallOptions, reply: ReplyWithIds): Generator<LanguageModelV4StreamPart> {
  yield { type: 'stream-start', warnings: [] };
  if (reply.text) {
    yield { type: 'text-start', id: 't1' };
    for (const delta of reply.text.match(/\S+\s*|\s+/g) ?? []) yield { type: 'text-delta', id: 't1', delta };
    yield { type: 'text-end', id: 't1' };
  }
  for (const call of reply.calls) {
    const input = JSON.stringify(call.input);
    yield { type: 'tool-input-start', id: call.id, toolName: call.name };
    yield { type: 'tool-input-delta', id: call.id, delta: input };
    yield { type: 'tool-input-end', id: call.id };
    yield { type: 'tool-call', toolCallId: call.id, toolName: call.name, input };
  }
  yield { type: 'finish', finishReason: finishOf(reply), usage: usageOf(options, reply) };
}

function finishOf(reply: ReplyWithIds) {
  const unified = reply.calls.length > 0 ? ('tool-calls' as const) : ('stop' as const);
  return { unified, raw: unified };
}

/** Words stand for tokens: nothing is billed, but the metering path is the same. */
function usageOf(options: LanguageModelV4CallOptions, reply: ReplyWithIds): LanguageModelV4Usage {
  const input = JSON.stringify(options.prompt).split(/\s+/).length;
  const output = reply.text.split(/\s+/).length;
  return {
    inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: output, text: output, reasoning: 0 },
  };
}
