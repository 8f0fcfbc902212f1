import { metaReader } from './meta/reader';
import type { AccountAccess, AdPlatformReader } from './port';

const READERS: Record<AccountAccess['platform'], AdPlatformReader> = { meta: metaReader };

/** The reader of a platform. Writers have a registry of their own, so that nothing that reads can reach one. */
export function readerFor(platform: AccountAccess['platform']): AdPlatformReader {
  return READERS[platform];
}
