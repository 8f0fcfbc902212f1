import { type ToolSet, tool } from 'ai';
import { AppError } from '../../domain/errors';
import { newReferenceId } from '../../runtime/ids';
import { log } from '../../runtime/log';
import type { ServiceContext } from '../../services/context';
import { errorWords } from '../../words/en/errors';
import { agentTools } from './registry';
import type { ToolResult, Turn } from './tool';

/**
 * Our tools as the AI SDK wants them. A failing tool answers with a plain sentence; the conversation goes on.
 * @param reached waits until everything the model said before this call has been written: tools run beside the stream.
 */
export function toolsForModel(
  ctx: ServiceContext,
  turn: Turn,
  reached: (toolCallId: string) => Promise<void>,
): ToolSet {
  return Object.fromEntries(
    Object.values(agentTools).map((ours) => [
      ours.name,
      tool({
        description: ours.description,
        inputSchema: ours.inputSchema,
        execute: async (input: unknown, { toolCallId }): Promise<ToolResult> => {
          try {
            await reached(toolCallId);
            // Through JSON: what the model and the stored parts see is the same plain data.
            return JSON.parse(JSON.stringify(await ours.run({ ctx, input, turn }))) as ToolResult;
          } catch (error) {
            return failed(ours.name, turn, error);
          }
        },
      }),
    ]),
  );
}

function failed(name: string, turn: Turn, error: unknown): ToolResult {
  const referenceId = newReferenceId();
  const code = error instanceof AppError ? error.code : 'internal';
  log.error({ err: error, tool: name, turnId: turn.id, referenceId }, 'a tool failed');
  const { title, money, next } = errorWords[code];
  return { ok: false, problem: code, say: `${title} ${money} ${next}`, referenceId };
}
