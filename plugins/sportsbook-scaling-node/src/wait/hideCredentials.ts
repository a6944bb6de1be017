const HIDDEN = '***';

/** What holds a credential in the lines that programs write. */
const PATTERNS: [RegExp, string][] = [
  // A block of a key, whole or as far as the line goes.
  [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/gs,
    HIDDEN,
  ],
  // JSON Web Tokens, such as those of ServiceAccounts.
  [/\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g, HIDDEN],
  // Keys that their issuers made recognisable.
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, HIDDEN],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-)[\w-]{10,}/g, HIDDEN],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${HIDDEN}@`],
  [/(\bauthorization["']?\s*[:=]\s*["']?)[^"'\n]+/gi, `$1${HIDDEN}`],
  [/(\b(?:set-)?cookie["']?\s*[:=]\s*["']?)[^"'\n]+/gi, `$1${HIDDEN}`],
  [/(\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]{6,}/g, `$1${HIDDEN}`],
  [
    /([\w.-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)[\w.-]*\\?["']?\s*[:=]\s*)(\\?"[^"]*"?|'[^']*'?|[^\s"',;&]+)/gi,
    `$1${HIDDEN}`,
  ],
];

/**
 * Hides what looks like a credential in a line that somebody else's program
 * wrote. A guess by shape: it knows no secret, since it reads none.
 */
export function hideCredentials(text: string): string {
  return PATTERNS.reduce(
    (rest, [pattern, replacement]) => rest.replace(pattern, replacement),
    text,
  );
}
