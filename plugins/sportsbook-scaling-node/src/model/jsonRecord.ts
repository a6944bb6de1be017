/** An object of JSON. */
export type JsonRecord = Record<string, unknown>;

/** Whether a value is an object of JSON, as opposed to a list or a scalar. */
export function isJsonRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
