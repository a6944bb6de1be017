import { z } from 'zod';

const claimsSchema = z.object({ exp: z.number() });

/**
 * When a token expires by its own word; undefined for one that says nothing,
 * such as an opaque one. It is only read: whether it is genuine is for the
 * cluster to judge.
 */
export function tokenExpiry(token: string): Date | undefined {
  const [, payload] = token.split('.');
  if (payload === undefined) {
    return undefined;
  }
  try {
    const claims = claimsSchema.safeParse(
      JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')),
    );
    return claims.success ? new Date(claims.data.exp * 1000) : undefined;
  } catch {
    return undefined;
  }
}
