/** The parts of a JSON Web Token, not verified. */
export function decodeProtectedHeaderAndClaims(token: string): {
  header: unknown;
  claims: unknown;
} {
  const [header, claims] = token
    .split('.')
    .map(part => Buffer.from(part, 'base64url').toString());
  return { header: JSON.parse(header), claims: JSON.parse(claims) };
}
