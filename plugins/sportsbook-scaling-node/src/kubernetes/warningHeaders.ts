/**
 * Texts of `Warning: 299` headers, as the API server sends them for
 * deprecated versions and from admission webhooks. Several arrive joined by
 * commas, which the quoted texts may hold as well.
 */
export function warningTexts(header: string | null): string[] {
  const warnings = (header ?? '').matchAll(/\b299 \S+ "((?:[^"\\]|\\.)*)"/g);
  return [...warnings].map(([, text]) => text.replace(/\\(.)/g, '$1'));
}
