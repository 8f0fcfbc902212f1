/** A share as a reservation keeps it. */
export type StoredShare = {
  committedMinor: string;
  baseMinor: string;
  dailyMinor: string;
  fromDay: string;
  untilDay: string;
  capMinor: string | null;
  lifetimeCapMinor: string | null;
};
/** A campaign's part of an account month, minor units. */
export type Share = {
  committedMinor: bigint;
  baseMinor: bigint;
  dailyMinor: bigint;
  fromDay: string;
  untilDay: string;
  capMinor: bigint | null;
  lifetimeCapMinor: bigint | null;
};

export function fromStored(share: StoredShare): Share {
  return {
    committedMinor: BigInt(share.committedMinor),
    baseMinor: BigInt(share.baseMinor),
    dailyMinor: BigInt(share.dailyMinor),
    fromDay: share.fromDay,
    untilDay: share.untilDay,
    capMinor: share.capMinor === null ? null : BigInt(share.capMinor),
    lifetimeCapMinor: share.lifetimeCapMinor === null ? null : BigInt(share.lifetimeCapMinor),
  };
}

export function toStored(share: Share): StoredShare {
  return {
    committedMinor: share.committedMinor.toString(),
    baseMinor: share.baseMinor.toString(),
    dailyMinor: share.dailyMinor.toString(),
    fromDay: share.fromDay,
    untilDay: share.untilDay,
    capMinor: share.capMinor?.toString() ?? null,
    lifetimeCapMinor: share.lifetimeCapMinor?.toString() ?? null,
  };
}
