/** The first of a list and how many there are beyond: `a,b,c + 2 more...`. */
export function atMost(
  texts: readonly string[],
  shown: number,
  { separator, none }: { separator: string; none: string },
): string {
  if (texts.length === 0) {
    return none;
  }
  const head = texts.slice(0, shown).join(separator);
  return texts.length > shown
    ? `${head} + ${texts.length - shown} more...`
    : head;
}
