import { newId } from './ids';
import type { ConfiguredStatus, GraphObject, Hidden, JsonObject, ObjectKind, World } from './types';

type Draft = {
  kind: ObjectKind;
  account?: string;
  nowMs: number;
  status?: ConfiguredStatus;
  data: JsonObject;
  hidden?: Hidden;
  id?: string;
};

/** Adds an object to the world and returns it. */
export function makeObject(world: World, draft: Draft): GraphObject {
  const { kind, account = '', nowMs, status = 'ACTIVE', data, hidden = {} } = draft;
  const id = draft.id ?? (kind === 'adaccount' ? `act_${newId(world, kind)}` : newId(world, kind));
  const object: GraphObject = {
    id,
    kind,
    account,
    ordinal: world.nextOrdinal++,
    createdMs: nowMs,
    updatedMs: nowMs,
    status,
    statusMs: nowMs,
    data,
    hidden,
  };
  world.objects[id] = object;
  return object;
}
