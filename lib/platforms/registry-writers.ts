import { metaWriter } from './meta/writer';
import type { AccountAccess, AdPlatformWriter } from './port';

const WRITERS: Record<AccountAccess['platform'], AdPlatformWriter> = { meta: metaWriter };

/** The writer of a platform; imported by the gate (services/mutations) alone. */
export function writerFor(platform: AccountAccess['platform']): AdPlatformWriter {
  return WRITERS[platform];
}
