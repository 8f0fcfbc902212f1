/** Writes that put a value on an object that is known: whether they took effect can be read there, by anybody, later. */
export const VALUE_WRITES = [
  'set_status',
  'set_ad_set_budget',
  'set_ad_set_audience',
  'set_spend_cap',
  'set_ad_set_end',
  'set_ad_creative',
  'change_stop_rule',
];

/** Whose request the ledger keeps. A rule is made like an object, but only its request says below which campaign. */
export function isKept(kind: string): boolean {
  return VALUE_WRITES.includes(kind) || kind === 'set_stop_rule';
}
