/**
 * Member of a name that a user chose; undefined where the object has none of
 * its own. A plain look-up would find `toString` in every object.
 */
export function ownMember<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  name: string,
): Value | undefined {
  return record !== undefined && Object.hasOwn(record, name)
    ? record[name]
    : undefined;
}
