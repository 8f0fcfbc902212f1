import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AppError } from '@/lib/domain/errors';
import { remedyFor } from '@/lib/jobs/outcome';

describe('a job that failed', () => {
  it('waits as long as the platform says, in whole seconds, without using up a retry', () => {
    expect(remedyFor(new AppError('platform_retry_later', { retryAfterMs: 12_400 }), 4, 0)).toEqual({
      do: 'snooze',
      seconds: 13,
    });
    expect(remedyFor(new AppError('platform_retry_later', { retryAfterSeconds: 90 }), 4, 0)).toEqual({
      do: 'snooze',
      seconds: 90,
    });
  });

  it.each([undefined, 0, -5, Number.NaN, '60'])('waits a minute where the platform says %s', (retryAfterMs) => {
    expect(remedyFor(new AppError('platform_retry_later', { retryAfterMs }), 0, 0)).toEqual({
      do: 'snooze',
      seconds: 60,
    });
  });

  it('that was put off endlessly is tried like any other', () => {
    expect(remedyFor(new AppError('platform_retry_later'), 0, 499)).toMatchObject({ do: 'snooze' });
    expect(remedyFor(new AppError('platform_retry_later'), 0, 500)).toEqual({ do: 'retry' });
  });

  it.each([
    'platform_reauthorise',
    'platform_fix_input',
    'platform_not_permitted',
    'not_found',
    'invalid_input',
  ] as const)('with %s gives up at once', (code) => {
    expect(remedyFor(new AppError(code), 0, 0)).toEqual({ do: 'give_up' });
  });

  it.each([new TypeError('x is undefined'), new RangeError('bad'), new z.ZodError([])])(
    'by a mistake of ours is tried once more: %s',
    (error) => {
      expect(remedyFor(error, 0, 0)).toEqual({ do: 'retry' });
      expect(remedyFor(error, 1, 0)).toEqual({ do: 'give_up' });
    },
  );

  it.each([new AppError('platform_unknown_outcome'), new AppError('conflict'), new Error('connection reset')])(
    'for a passing reason is tried again: %s',
    (error) => {
      expect(remedyFor(error, 3, 0)).toEqual({ do: 'retry' });
    },
  );
});
