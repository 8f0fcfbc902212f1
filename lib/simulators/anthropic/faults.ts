import { z } from 'zod';

const FAULT_KINDS = [
  'overloaded',
  'rate_limit',
  'server_error',
  'invalid_key',
  'cut_stream',
  'malformed_tool',
  'slow',
] as const;

export type ModelFault = {
  kind: (typeof FAULT_KINDS)[number];
  nth: number;
  times: number;
  ms?: number;
  retryAfterS?: number;
  seen: number;
  struck: number;
};

export const faultSchema = z.object({
  kind: z.enum(FAULT_KINDS),
  nth: z.number().int().positive().default(1),
  times: z.number().int().nonnegative().default(1),
  ms: z.number().optional(),
  retryAfterS: z.number().optional(),
});

export type ErrorAnswer = {
  status: 400 | 401 | 429 | 500 | 529;
  type: string;
  message: string;
  headers?: Record<string, string>;
};

/** The faults that hit this request; each counts the requests it has seen. */
export function strike(faults: ModelFault[]): ModelFault[] {
  return faults.filter((fault) => {
    fault.seen++;
    if (fault.seen < fault.nth || (fault.times > 0 && fault.struck >= fault.times)) return false;
    fault.struck++;
    return true;
  });
}

/** What a fault answers in place of the model, as the real service words it; null for those that spoil the answer only. */
export function faultAnswer(faults: ModelFault[]): ErrorAnswer | null {
  for (const fault of faults) {
    if (fault.kind === 'overloaded') return { status: 529, type: 'overloaded_error', message: 'Overloaded' };
    if (fault.kind === 'server_error') return { status: 500, type: 'api_error', message: 'Internal server error' };
    if (fault.kind === 'invalid_key')
      return { status: 401, type: 'authentication_error', message: 'invalid x-api-key' };
    if (fault.kind === 'rate_limit') {
      return {
        status: 429,
        type: 'rate_limit_error',
        message: 'This request would exceed your rate limit.',
        headers: { 'retry-after': String(fault.retryAfterS ?? 1) },
      };
    }
  }
  return null;
}
