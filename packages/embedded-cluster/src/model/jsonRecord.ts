/** A JSON object, whatever it holds. */
export type JsonRecord = Record<string, unknown>;

/** Neither null nor an array, which are objects to JavaScript. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
