import { APICallError, RetryError } from 'ai';
import { AppError, type AppErrorCode } from '../domain/errors';

/** The owner's code for whatever ended a turn: our own, or "the language service does not answer". */
export function errorCodeOf(error: unknown): AppErrorCode {
  if (error instanceof AppError) return error.code;
  // The limit may be met on a second try.
  if (RetryError.isInstance(error) && error.lastError instanceof AppError) return error.lastError.code;
  if (APICallError.isInstance(error) || RetryError.isInstance(error)) return 'model_unavailable';
  const message = error instanceof Error ? `${error.name} ${error.message}` : '';
  return /fetch failed|ECONNREFUSED|ECONNRESET|ETIMEDOUT|terminated/i.test(message) ? 'model_unavailable' : 'internal';
}
