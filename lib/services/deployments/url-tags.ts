/** Every click carries our own ids, so that a sale can be followed back to the ad that brought it. */
export function urlTagsOf(campaignRecordId: string, adKey: string): string {
  return new URLSearchParams({
    utm_source: 'meta',
    utm_medium: 'paid',
    utm_campaign: campaignRecordId,
    utm_content: adKey,
  }).toString();
}
