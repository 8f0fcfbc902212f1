import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { APICallError } from 'ai';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metered, mostTokensIn } from '@/lib/agent/metering';
import type { ChatModel } from '@/lib/agent/models/model';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import type { ServiceContext } from '@/lib/services/context';
import { buildOwner } from '@/tests/factories';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const WORDS = 'twelve loaves of bread ';
const usage = {
  inputTokens: { total: 50, noCache: 50, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 7, text: 7, reasoning: 0 },
};
const text = (delta: string): LanguageModelV4StreamPart => ({ type: 'text-delta', id: 't', delta });
const finish: LanguageModelV4StreamPart = { type: 'finish', finishReason: { unified: 'stop', raw: 'stop' }, usage };

/** A paid model that says these parts, then whatever `after` does. */
function paid(parts: () => AsyncGenerator<LanguageModelV4StreamPart>): ChatModel {
  const model: LanguageModelV4 = {
    specificationVersion: 'v4',
    provider: 'test',
    modelId: 'paid',
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error('not used')),
    doStream: async () => {
      const said = parts();
      const stream = new ReadableStream<LanguageModelV4StreamPart>({
        async pull(controller) {
          const { value, done } = await said.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
      });
      return { stream };
    },
  };
  return {
    provider: 'anthropic',
    modelId: 'paid',
    model,
    microsPerInputToken: 1,
    microsPerOutputToken: 1,
    maxOutputTokens: 1000,
  };
}

const ask = { prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'bread?' }] }] };
const asked = mostTokensIn({ prompt: ask.prompt, tools: [] });

async function row(ctx: ServiceContext) {
  return inWorkspace(ctx.workspaceId, (tx) =>
    tx.modelUsage.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId } }),
  );
}

async function streamOf(ctx: ServiceContext, chat: ChatModel) {
  return (await metered(ctx, chat, null).doStream(ask)).stream.getReader();
}

async function readAll(reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart>): Promise<void> {
  for (;;) if ((await reader.read()).done) return;
}

describe('a call of a paid model', () => {
  it('is reserved at its most before it leaves, and settled to the provider’s own numbers', async () => {
    const { ctx } = await buildOwner();
    let during: Awaited<ReturnType<typeof row>> | undefined;
    const reader = await streamOf(
      ctx,
      paid(async function* () {
        during = await row(ctx);
        yield text(WORDS);
        yield finish;
      }),
    );
    await readAll(reader);
    expect(during).toMatchObject({ state: 'RESERVED', costMicros: BigInt(asked + 1000) });
    expect(await row(ctx)).toMatchObject({ state: 'SETTLED', inputTokens: 50, outputTokens: 7, costMicros: 57n });
  });

  it('stopped in the middle counts what was asked and said', async () => {
    const { ctx } = await buildOwner();
    const reader = await streamOf(
      ctx,
      paid(async function* () {
        for (;;) yield text(WORDS);
      }),
    );
    await reader.read();
    await reader.cancel();
    const { state, inputTokens, outputTokens } = await row(ctx);
    expect([state, inputTokens]).toEqual(['SETTLED', asked]);
    expect(outputTokens).toBeGreaterThanOrEqual(mostTokensIn(WORDS));
    expect(outputTokens).toBeLessThanOrEqual(3 * mostTokensIn(WORDS));
  });

  it('that breaks off counts what was asked and said', async () => {
    const { ctx } = await buildOwner();
    const reader = await streamOf(
      ctx,
      paid(async function* () {
        yield text(WORDS);
        throw new Error('the line went dead');
      }),
    );
    await expect(readAll(reader)).rejects.toThrow('the line went dead');
    expect(await row(ctx)).toMatchObject({ state: 'SETTLED', inputTokens: asked, outputTokens: mostTokensIn(WORDS) });
  });

  it('the service refused costs nothing, and one nobody answered counts what was asked', async () => {
    const failing = (error: Error): ChatModel => {
      const chat = paid(async function* () {});
      return { ...chat, model: { ...chat.model, doStream: () => Promise.reject(error) } };
    };
    const busy = new APICallError({ message: 'busy', url: 'x', requestBodyValues: {}, statusCode: 529 });
    for (const [error, tokens] of [
      [busy, 0],
      [new Error('timed out'), asked],
    ] as const) {
      const { ctx } = await buildOwner();
      await expect(streamOf(ctx, failing(error))).rejects.toThrow();
      expect(await row(ctx)).toMatchObject({ state: 'SETTLED', inputTokens: tokens, outputTokens: 0 });
    }
  });

  it('whose process dies stays reserved in full', async () => {
    const { ctx } = await buildOwner();
    await streamOf(
      ctx,
      paid(async function* () {
        await new Promise(() => {});
        yield finish;
      }),
    );
    expect(await row(ctx)).toMatchObject({ state: 'RESERVED', costMicros: BigInt(asked + 1000) });
  });
});

it('the estimate never lies below one token for four characters, nor below one for a byte of another script', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ unit: 'grapheme' }), (plain, any) => {
      expect(mostTokensIn(plain)).toBeGreaterThanOrEqual(plain.length / 4);
      const foreign = [...any].filter((sign) => (sign.codePointAt(0) ?? 0) > 127).join('');
      expect(mostTokensIn(foreign)).toBeGreaterThanOrEqual(Buffer.byteLength(foreign));
    }),
  );
});
