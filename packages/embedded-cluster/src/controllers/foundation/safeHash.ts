const SAFE_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * A short name for a value, the same for equal values: FNV-1a of its JSON
 * with sorted keys, in the letters of which no words can be made.
 *
 * @param salt - another name for the same value, when the first is taken
 */
export function safeHash(value: unknown, salt?: number): string {
  let hash = 0x811c9dc5;
  const text = `${canonical(value)}${salt ?? ''}`;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return [...String(hash)]
    .map(digit => SAFE_LETTERS[digit.charCodeAt(0) % SAFE_LETTERS.length])
    .join('');
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}
