const HIDDEN = '***';

const PATTERNS: [RegExp, string][] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${HIDDEN}@`],
  [/(\bauthorization["']?\s*[:=]\s*["']?)[^"'\n]+/gi, `$1${HIDDEN}`],
  [/(\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]+/g, `$1${HIDDEN}`],
  [
    /((?:_authToken|_auth|_password|password|token)["']?\s*[:=]\s*["']?)[^\s"',]+/gi,
    `$1${HIDDEN}`,
  ],
];

/** Hides the given secrets, and all that looks like a credential. */
export function redact(
  text: string,
  secrets: readonly (string | undefined)[] = [],
): string {
  const known = secrets
    .filter((secret): secret is string => (secret ?? '') !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
  return PATTERNS.reduce(
    (rest, [pattern, replacement]) => rest.replace(pattern, replacement),
    known,
  );
}
