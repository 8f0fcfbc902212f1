import type { ObjectKind, World } from './types';

/** How ids of each kind begin and how long their running number is: 15 to 18 digits in all. */
const SHAPES: Record<ObjectKind, { prefix: string; digits: number }> = {
  user: { prefix: '1220', digits: 3 },
  business: { prefix: '2782', digits: 3 },
  adaccount: { prefix: '1019', digits: 3 },
  page: { prefix: '1065', digits: 3 },
  instagram: { prefix: '1784', digits: 5 },
  pixel: { prefix: '1384', digits: 4 },
  campaign: { prefix: '1202', digits: 6 },
  adset: { prefix: '1202', digits: 6 },
  ad: { prefix: '1202', digits: 6 },
  adcreative: { prefix: '1202', digits: 6 },
  adlabel: { prefix: '1202', digits: 6 },
  adrule: { prefix: '1202', digits: 6 },
  customaudience: { prefix: '1202', digits: 6 },
  budgetschedule: { prefix: '1202', digits: 6 },
  adimage: { prefix: '1019', digits: 3 },
  advideo: { prefix: '1499', digits: 4 },
  leadform: { prefix: '1833', digits: 4 },
  lead: { prefix: '1944', digits: 5 },
  customconversion: { prefix: '1577', digits: 4 },
  reportrun: { prefix: '6023', digits: 4 },
  adstudy: { prefix: '1688', digits: 4 },
  studycell: { prefix: '1699', digits: 4 },
  adrequestset: { prefix: '6045', digits: 4 },
  adrequest: { prefix: '6046', digits: 4 },
};

/** A new id of this world; decimal digits only, never reused. */
export function newId(world: World, kind: ObjectKind): string {
  const { prefix, digits } = SHAPES[kind];
  const number = world.nextId++;
  return `${prefix}${world.mark}${String(number).padStart(digits, '0')}`;
}

/** The mark of the world an id belongs to, whatever kind of object it names. */
export function markOf(id: string): string | null {
  return /^(?:act_)?\d{4}(\d{8})\d{3,}/.exec(id)?.[1] ?? null;
}
