/** A value as a platform field may hold it. */
export type FieldValue = string | number | boolean | null | FieldValue[] | { [key: string]: FieldValue };
export type FieldDifference = { field: string; ours: FieldValue; theirs: FieldValue };

/**
 * Fields that differ from what we left, by their dotted names. Only what we set is compared: what the platform adds by
 * itself inside an object is its own business, but a list we set must hold exactly our entries, in any order. Texts and
 * numbers of the same amount are the same ("1000" and 1000): platforms are not consistent in this.
 */
export function fieldDifferences(ours: Record<string, unknown>, theirs: Record<string, unknown>): FieldDifference[] {
  return Object.entries(ours).flatMap(([field, value]) => differ(field, plain(value), plain(theirs[field])));
}

function differ(field: string, ours: FieldValue, theirs: FieldValue): FieldDifference[] {
  if (isObject(ours) && isObject(theirs))
    return Object.entries(ours).flatMap(([key, value]) => differ(`${field}.${key}`, value, theirs[key] ?? null));
  return isSame(ours, theirs) ? [] : [{ field, ours, theirs }];
}

function isSame(ours: FieldValue, theirs: FieldValue): boolean {
  if (Array.isArray(ours)) {
    if (!Array.isArray(theirs) || ours.length !== theirs.length) return ours.length === 0 && theirs === null;
    const left = [...theirs];
    return ours.every((item) => {
      const at = left.findIndex((other) => isSame(item, other));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
  }
  if (isObject(ours)) return isObject(theirs) && differ('', ours, theirs).length === 0;
  return ours === null || theirs === null ? ours === theirs : String(ours) === String(theirs);
}

function isObject(value: FieldValue | undefined): value is { [key: string]: FieldValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON's own values: absent is null. */
function plain(value: unknown): FieldValue {
  if (value === undefined || value === null) return null;
  return JSON.parse(
    JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item)),
  );
}
