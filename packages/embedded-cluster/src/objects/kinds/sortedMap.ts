/** A map as Go writes it: keys in order; null where there is none. */
export function sortedMap(
  map: Readonly<Record<string, string>> | undefined,
): Record<string, string> | null {
  return map === undefined
    ? null
    : Object.fromEntries(
        Object.entries(map).sort(([left], [right]) => (left < right ? -1 : 1)),
      );
}
