import { type Logger, pino } from 'pino';

/**
 * Structured logs. Secrets are removed twice: by field name, and by shape in any string (Meta tokens, bearer headers,
 * token query parameters, Anthropic keys).
 */
const SECRET_SHAPES: readonly [RegExp, string][] = [
  [/(access_token|appsecret_proof|client_secret|fb_exchange_token|code)=[^&\s"']+/gi, '$1=[redacted]'],
  [/\bEAA[A-Za-z0-9_-]{10,}/g, '[redacted]'],
  [/\b(Bearer|OAuth)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [redacted]'],
  [/\bsk-ant-[A-Za-z0-9_-]+/g, '[redacted]'],
  [/(postgres(?:ql)?:\/\/[^:\s]+:)[^@\s]+@/gi, '$1[redacted]@'],
];

/** Removes anything shaped like a secret from a string. */
export function redact(value: string): string {
  return SECRET_SHAPES.reduce((text, [shape, replacement]) => text.replace(shape, replacement), value);
}

const SECRET_FIELDS = [
  'token',
  'accessToken',
  'access_token',
  'password',
  'secret',
  'authorization',
  'cookie',
  'apiKey',
  'appsecret_proof',
];

export const log: Logger = pino({
  level: process.env.LOG_LEVEL || 'info',
  base: null,
  redact: { paths: [...SECRET_FIELDS, ...SECRET_FIELDS.map((field) => `*.${field}`)], censor: '[redacted]' },
  serializers: { err: (error: unknown) => describeError(error) },
  hooks: {
    logMethod(args, method) {
      return method.apply(
        this,
        args.map((arg) => (typeof arg === 'string' ? redact(arg) : arg)) as Parameters<typeof method>,
      );
    },
  },
});

type Described = {
  name: string;
  message: string;
  code?: unknown;
  details?: unknown;
  stack?: string;
  cause?: Described;
};

/** An error as plain data without secrets; causes included, four levels at most. */
export function describeError(error: unknown, depth = 0): Described {
  if (!(error instanceof Error)) return { name: 'NonError', message: redact(String(error)) };
  const { code, details } = error as { code?: unknown; details?: unknown };
  return {
    name: error.name,
    message: redact(error.message),
    ...(code === undefined ? {} : { code }),
    ...(details === undefined ? {} : { details: plainDetails(details) }),
    ...(error.stack ? { stack: redact(error.stack) } : {}),
    ...(error.cause !== undefined && depth < 4 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

/** Strings are cleaned one by one: a cut through the finished JSON could break it, and a log line must never throw. */
function plainDetails(details: unknown): unknown {
  const text = JSON.stringify(details, (_key, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    return typeof value === 'string' ? redact(value) : value;
  });
  return text === undefined ? null : JSON.parse(text);
}
