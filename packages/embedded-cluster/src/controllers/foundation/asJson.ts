/** A copy as it travels: fields that are undefined are absent. */
export function asJson<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
