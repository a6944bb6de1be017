/**
 * Seconds that a `Retry-After` header asks for; both of its forms are read,
 * an unreadable one is undefined. Never negative.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterSeconds(
  header: string | null,
  nowMilliseconds: number = Date.now(),
): number | undefined {
  if (header === null || header.trim() === '') {
    return undefined;
  }
  if (/^\d+$/.test(header.trim())) {
    return Number(header);
  }
  const date = Date.parse(header);
  return Number.isNaN(date)
    ? undefined
    : Math.max(0, (date - nowMilliseconds) / 1000);
}
