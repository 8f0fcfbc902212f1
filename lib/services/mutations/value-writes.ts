/** Writes that put a value on an object that is known: whether they took effect can be read there, by anybody, later. */
export const VALUE_WRITES = [
  'set_status',
  'set_ad_set_budget',
  'set_ad_set_audience',
  'set_spend_cap',
  'set_ad_set_end',
  'set_ad_creative',
  'change_stop_rule',
  'end_draw',
];

/** Makes something outside the tree of a campaign. */
export const MADE_ELSEWHERE = ['set_stop_rule', 'create_lead_form', 'create_draw'];

/** Whose request the ledger keeps. A rule and a form are made like objects, but only the request says where they belong. */
export function isKept(kind: string): boolean {
  return VALUE_WRITES.includes(kind) || MADE_ELSEWHERE.includes(kind);
}
