import { z } from 'zod';

/** The only reader of process.env. Empty strings count as absent, so that .env.example boots as copied. */
const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value);
const text = z.preprocess(blankIsAbsent, z.string().trim().optional());
const url = z.preprocess(blankIsAbsent, z.url().optional());
const withDefault = (fallback: string) => z.preprocess(blankIsAbsent, z.string().default(fallback));
const milliseconds = (fallback: number) =>
  z.preprocess(blankIsAbsent, z.coerce.number().int().min(0).default(fallback));

const schema = z.object({
  NODE_ENV: withDefault('development'),
  DATABASE_URL: z.string().min(1),
  MIGRATE_DATABASE_URL: text,
  APP_URL: z.preprocess(blankIsAbsent, z.url().default('http://localhost:3000')),
  BETTER_AUTH_SECRET: z.string().min(16),
  /** 32 bytes, base64. */
  ENCRYPTION_KEY: z.string().min(32),
  CRON_SECRET: text,
  ANTHROPIC_API_KEY: text,
  ANTHROPIC_BASE_URL: url,
  ANTHROPIC_MODEL: withDefault('claude-sonnet-4-5'),
  /** Per workspace and month, in US cents. */
  MODEL_LIMIT_CENTS: milliseconds(2000),
  /** Of the whole installation per day (UTC), in US cents. */
  MODEL_DAY_LIMIT_CENTS: milliseconds(5000),
  FACEBOOK_APP_ID: text,
  FACEBOOK_APP_SECRET: text,
  FACEBOOK_REDIRECT_URI: url,
  META_GRAPH_URL: z.preprocess(blankIsAbsent, z.url().default('https://graph.facebook.com')),
  META_DIALOG_URL: z.preprocess(blankIsAbsent, z.url().default('https://www.facebook.com')),
  META_API_VERSION: withDefault('v26.0'),
  META_CONNECT_TIMEOUT_MS: milliseconds(5_000),
  META_TIMEOUT_MS: milliseconds(30_000),
  /** How long a call that may have left is given to show up before it is looked for. */
  META_SETTLE_MS: milliseconds(90_000),
  SIMULATOR_URL: url,
  SIMULATOR_ADMIN_KEY: text,
  SIMULATOR_SETTLE_MS: milliseconds(2_000),
  SMTP_URL: text,
  MAIL_FROM: withDefault('Aigency <hello@aigency.test>'),
  OUTBOX_DIR: withDefault('.data/outbox'),
  LOG_LEVEL: withDefault('info'),
  WORKER: withDefault('on'),
  /** Seconds after which a silent worker's jobs go to another; at least 10. */
  JOBS_HEARTBEAT_SECONDS: z.preprocess(blankIsAbsent, z.coerce.number().int().min(10).default(30)),
  /** Seconds between looks for such jobs. */
  JOBS_MONITOR_SECONDS: z.preprocess(blankIsAbsent, z.coerce.number().int().min(1).default(5)),
  VERCEL: text,
});

export type Env = z.infer<typeof schema>;
let cached: Env | undefined;

/** @throws Error naming every variable that is missing or malformed, never its value. */
export function env(): Env {
  if (cached) return cached;
  const parsed = schema.safeParse(process.env);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))].join(', ');
    throw new Error(`Configuration is incomplete. Check these variables (see .env.example): ${names}`);
  }
  cached = parsed.data;
  return cached;
}

/** True where the owner of this installation has given a real Meta app. */
export function hasLiveFacebookApp(): boolean {
  return Boolean(env().FACEBOOK_APP_ID && env().FACEBOOK_APP_SECRET);
}

/** The gallery of cards is for development; a production build shows it only when asked to. Needs nothing else set. */
export function galleryIsOpen(): boolean {
  return process.env.NODE_ENV !== 'production' || process.env.AIGENCY_GALLERY === '1';
}
