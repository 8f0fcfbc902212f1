import type { AccountAccess, AdPlatformWriter } from '../../port';
import { doneSchema } from '../schemas';
import { metaApi } from '../transport';

type Level = Parameters<AdPlatformWriter['setStatus']>[1];

/** Switches an object on or off; off always goes out, whatever the limits say. What really runs is only known by reading it back. */
export async function setStatus(
  access: AccountAccess,
  _level: Level,
  remoteId: string,
  status: 'ACTIVE' | 'PAUSED',
): Promise<void> {
  const urgent = status === 'PAUSED' ? { ...access, urgency: 'stop' as const } : access;
  await metaApi(urgent).post([remoteId], { status }, doneSchema);
}
