/** What a registry asks for with `WWW-Authenticate: Bearer ...`. */
export interface BearerChallenge {
  realm: string;
  service?: string;
}

/**
 * Undefined: the registry asks for something else than a bearer token.
 *
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
export function parseBearerChallenge(
  header: string | null,
): BearerChallenge | undefined {
  const challenge = /^\s*Bearer\s+(.*)$/i.exec(header ?? '')?.[1];
  if (challenge === undefined) {
    return undefined;
  }
  const parameters = Object.fromEntries(
    [...challenge.matchAll(/([a-z_]+)="([^"]*)"/gi)].map(([, name, value]) => [
      name.toLowerCase(),
      value,
    ]),
  );
  return parameters.realm === undefined
    ? undefined
    : { realm: parameters.realm, service: parameters.service };
}
