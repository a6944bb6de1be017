import { z } from 'zod';

const reference = z.object({ name: z.string(), uid: z.string() });

const claimsSchema = z.object({
  aud: z.union([z.string().transform(one => [one]), z.array(z.string())]),
  exp: z.number(),
  jti: z.string(),
  'kubernetes.io': z.object({
    namespace: z.string(),
    serviceaccount: reference,
    pod: reference.optional(),
    secret: reference.optional(),
    node: reference.optional(),
  }),
});

export type TokenClaims = z.infer<typeof claimsSchema>;
/** What the claim `kubernetes.io` holds: whose token it is, and what it ends with. */
export type BoundReferences = TokenClaims['kubernetes.io'];

/** Undefined for a token that we signed but that is none of a ServiceAccount. */
export function parseTokenClaims(payload: unknown): TokenClaims | undefined {
  const read = claimsSchema.safeParse(payload);
  return read.success ? read.data : undefined;
}
