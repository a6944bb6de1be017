/** The fields of a part such as `spec` or `status`; none where it is absent. */
export function fieldsOf(part: unknown): Record<string, unknown> {
  return typeof part === 'object' && part !== null ? { ...part } : {};
}
