/**
 * Equality selectors joined by `and`, with values escaped as the API server
 * reads them: backslash before backslash, comma and equals sign.
 */
export function fieldSelector(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([path, value]) => `${path}=${value.replace(/[\\,=]/g, '\\$&')}`)
    .join(',');
}
