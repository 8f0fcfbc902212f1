import type { Edge } from '../graph/context';
import { requireWrite } from '../validate/access';
import { readName } from '../validate/naming';
import { objectsOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import { touch } from './shared';

/** `act_X/adlabels`: a name that exists gives the label that has it. */
export const labelEdge: Edge = {
  objects: (context, account) => objectsOf(context.world, 'adlabel', account.id),
  defaultFields: ['id', 'name'],
  create: (context, account) => {
    requireWrite(context, account);
    const name = readName(context.params);
    const known = objectsOf(context.world, 'adlabel', account.id).find((label) => label.data.name === name);
    const label =
      known ??
      makeObject(context.world, { kind: 'adlabel', account: account.id, nowMs: context.nowMs, data: { name } });
    touch(context, label);
    return { id: label.id };
  },
};
