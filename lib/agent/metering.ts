import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { APICallError } from 'ai';
import { log } from '../runtime/log';
import type { ServiceContext } from '../services/context';
import { recordModelUsage } from '../services/usage/record';
import { reserveModelCall } from '../services/usage/reserve';
import { settleModelCall } from '../services/usage/settle';
import { type ChatModel, costMicros } from './models/model';

type Tokens = { inputTokens: number; outputTokens: number };

/**
 * The model with its cost in front of it: each call is reserved at the most it can cost before it leaves, and settled to
 * what it took when it ends, however it ends. A process that dies in between leaves the reservation counted in full.
 */
export function metered(ctx: ServiceContext, chat: ChatModel, turnId: string | null): LanguageModelV4 {
  const { model } = chat;
  const begin = (options: LanguageModelV4CallOptions) => beginCall(ctx, chat, turnId, options);
  return {
    specificationVersion: model.specificationVersion,
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    async doGenerate(options) {
      const call = await begin(options);
      try {
        const result = await model.doGenerate(options);
        await call.settle(tokensOf(result.usage));
        return result;
      } catch (error) {
        await call.settle(call.afterError(error));
        throw error;
      }
    },
    async doStream(options) {
      const call = await begin(options);
      try {
        const result = await model.doStream(options);
        return { ...result, stream: counted(result.stream, call) };
      } catch (error) {
        await call.settle(call.afterError(error));
        throw error;
      }
    },
  };
}

type Call = { settle(tokens: Tokens): Promise<void>; asked: number; afterError(error: unknown): Tokens };

async function beginCall(
  ctx: ServiceContext,
  chat: ChatModel,
  turnId: string | null,
  options: LanguageModelV4CallOptions,
): Promise<Call> {
  const asked = mostTokensIn({ prompt: options.prompt, tools: options.tools ?? [] });
  const named = { turnId, provider: chat.provider, model: chat.modelId };
  const afterError = (error: unknown): Tokens => ({ inputTokens: wasRefused(error) ? 0 : asked, outputTokens: 0 });
  // The built-in helper costs nothing, so there is nothing to set aside; its use is written down all the same.
  if (chat.provider === 'offline')
    return {
      asked,
      afterError,
      settle: (tokens) => recordModelUsage(ctx, { ...named, ...tokens, costMicros: costMicros(chat, tokens) }),
    };
  const most = { inputTokens: asked, outputTokens: options.maxOutputTokens ?? chat.maxOutputTokens };
  const reservationId = await reserveModelCall(ctx, { ...named, micros: costMicros(chat, most) });
  return {
    asked,
    afterError,
    settle: (tokens) =>
      settleModelCall({
        workspaceId: ctx.workspaceId,
        reservationId,
        ...tokens,
        costMicros: costMicros(chat, tokens),
      }),
  };
}

/** Passes the answer on and counts it: the provider's own numbers where it ends well, else what was asked and said so far. */
function counted(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  call: Call,
): ReadableStream<LanguageModelV4StreamPart> {
  let said = 0;
  let settled = false;
  const settle = async (tokens: Tokens) => {
    if (settled) return;
    settled = true;
    // An answer is not lost because its cost could not be written: the reservation stays, counted in full.
    await call.settle(tokens).catch((error: unknown) => log.error({ err: error }, 'a model call could not be settled'));
  };
  const soFar = (): Tokens => ({ inputTokens: call.asked, outputTokens: said });
  const reader = stream.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await reader.read();
        if (done) {
          await settle(soFar());
          return controller.close();
        }
        said += saidIn(value);
        if (value.type === 'finish') await settle(tokensOf(value.usage, soFar()));
        controller.enqueue(value);
      } catch (error) {
        await settle(soFar());
        controller.error(error);
      }
    },
    async cancel(reason) {
      await settle(soFar());
      await reader.cancel(reason);
    },
  });
}

function saidIn(part: LanguageModelV4StreamPart): number {
  return 'delta' in part && typeof part.delta === 'string' ? mostTokensIn(part.delta) : 0;
}

/** The provider's numbers; where it gave none, what we counted ourselves. */
function tokensOf(usage: LanguageModelV4Usage, own: Tokens = { inputTokens: 0, outputTokens: 0 }): Tokens {
  return {
    inputTokens: usage.inputTokens.total ?? own.inputTokens,
    outputTokens: usage.outputTokens.total ?? own.outputTokens,
  };
}

/** The service answered that it does not take the call, or nobody was there: such a call costs nothing. */
function wasRefused(error: unknown): boolean {
  if (APICallError.isInstance(error)) return error.statusCode !== undefined || isUnreachable(error.cause ?? error);
  return isUnreachable(error);
}

function isUnreachable(error: unknown): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  return /ECONNREFUSED|ENOTFOUND/.test(
    `${cause instanceof Error ? `${cause.message} ${'code' in cause ? cause.code : ''}` : ''}`,
  );
}

/**
 * More tokens than a text can have, nearly always: half a token for each plain character (they take three to four in a
 * token), one for each byte of any other.
 */
export function mostTokensIn(value: unknown): number {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const bytes = Buffer.byteLength(text);
  let plain = 0;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) < 128) plain += 1;
  return Math.ceil(plain / 2) + (bytes - plain);
}
