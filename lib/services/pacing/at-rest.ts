type Seen = { status: string; remoteObjects: readonly { level: string; status: string | null }[] };

/**
 * Whether the platform shows none of a campaign's ads: it is over, or paused and not switched on again since. Its status
 * follows the platform only at the next look; what our own switch left there is known before.
 */
export function isAtRest({ status, remoteObjects }: Seen): boolean {
  if (status === 'COMPLETED' || status === 'ARCHIVED') return true;
  if (status !== 'PAUSED') return false;
  return !remoteObjects.some((object) => object.level === 'campaign' && object.status === 'ACTIVE');
}
