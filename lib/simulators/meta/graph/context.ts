import type { SimulatorStore } from '../store/store';
import type { FieldRequest } from '../wire/field-grammar';
import type { Params } from '../wire/params';
import type { LiveWorld } from '../world/live-world';
import type { GraphObject, Json, JsonObject, ObjectKind, Subscription, Token, World } from '../world/types';

export type Method = 'GET' | 'POST' | 'DELETE';

export type UploadedFile = { part: string; name: string; bytes: Uint8Array };

/** One call of the Graph API after the wire was read: alone, or an item of a batch. */
export type GraphCall = {
  method: Method;
  version: string;
  /** Whether the address named a version; ads endpoints refuse calls that do not. */
  isVersioned: boolean;
  path: string[];
  params: Params;
  files: UploadedFile[];
  token: string | null;
};

export type GraphAnswer = {
  status: number;
  body: JsonObject | Json[];
  headers: Record<string, string>;
  /** What the call created or changed, for the request log. */
  appliedObjectId?: string;
};

export type App = {
  id: string;
  secret: string;
  name: string;
  /** Apps nobody registered are taken as they come. */
  isRegistered: boolean;
  /** The app setting "Require App Secret". */
  requireProof: boolean;
  tier: 'limited' | 'full';
  isInDevelopment: boolean;
  /** Addresses the login dialog may return to; any when absent. */
  redirectUris?: string[];
  /** Where the app wants to hear of changes. */
  subscriptions?: Subscription[];
};

/** What the simulator offers to everything below its edge. */
export type Host = {
  store: SimulatorStore;
  publicUrl: () => string;
  now: () => number;
  worlds: Map<string, LiveWorld>;
  apps: Map<string, App>;
  asyncDelayMs: number;
  strictVersions: boolean;
  /** Serves what left the protocol in October 2026: reading several objects by `?ids=`. */
  legacyFeatures: boolean;
  worldNow: (world: World) => number;
  persist: (live: LiveWorld) => void;
  /** Handed in and not imported, because node types read each other through their edges. */
  nodeTypeOf: (kind: ObjectKind) => NodeType;
  /** Objects that look-ups do not find yet, because a fault says so. */
  isHidden: (objectId: string) => boolean;
};

/** One call in one world on behalf of one token. */
export type Context = {
  host: Host;
  live: LiveWorld;
  world: World;
  token: Token;
  nowMs: number;
  call: GraphCall;
  params: Params;
  applied: { id?: string; isDirty: boolean };
};

/** A value that stands for another object; answered as `{id}` or expanded. */
export class Link {
  constructor(readonly id: string) {}
}

export type FieldValue = Json | undefined | Link;
export type FieldReader = (context: Context, object: GraphObject) => FieldValue;

export type Listing = { data: Json[]; paging?: JsonObject; summary?: JsonObject };

export type Edge = {
  /** Objects of this edge; filtering, paging and fields are done for it. */
  objects?: (context: Context, parent: GraphObject, params: Params) => GraphObject[];
  defaultFields?: readonly string[];
  /** An edge that makes its own answer. */
  answer?: (context: Context, parent: GraphObject, params: Params, fields: FieldRequest[] | null) => JsonObject;
  create?: (context: Context, parent: GraphObject) => JsonObject;
  remove?: (context: Context, parent: GraphObject) => JsonObject;
};

export type NodeType = {
  kind: ObjectKind;
  typeName: string;
  fields: readonly string[];
  defaultFields?: readonly string[];
  read: Record<string, FieldReader>;
  edges: Record<string, Edge>;
  update?: (context: Context, object: GraphObject) => JsonObject;
  remove?: (context: Context, object: GraphObject) => JsonObject;
};
