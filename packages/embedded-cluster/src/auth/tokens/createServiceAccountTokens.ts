import { randomUUID } from 'node:crypto';
import type { Clock } from '../../model/Clock';
import { timestamp } from '../../model/Clock';
import type { UserInfo } from '../../model/UserInfo';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { invalidRequestError, invalidValue } from '../invalidRequestError';
import type { SigningKey } from '../pki/SigningKey';
import {
  serviceAccountGroups,
  serviceAccountUsername,
} from '../serviceAccountName';
import { resolveBoundReferences } from './resolveBoundReferences';
import {
  API_AUDIENCE,
  type ServiceAccountTokens,
  type TokenCheck,
} from './ServiceAccountTokens';
import { parseTokenClaims, type TokenClaims } from './tokenClaims';
import { whyNotAlive } from './whyNotAlive';

const ALGORITHM = 'ES256';
const DEFAULT_EXPIRATION_SECONDS = 3_600;
const MIN_EXPIRATION_SECONDS = 600;
const MAX_EXPIRATION_SECONDS = 2 ** 32;
/** Tokens whose signature is not computed anew for each request. */
const VERIFIED_KEPT = 1_000;

const SUBJECT = { group: 'authentication.k8s.io', kind: 'TokenRequest' };

function assertExpiration(seconds: number): void {
  const refuse = (why: string) => {
    throw invalidRequestError(SUBJECT, [
      invalidValue('spec.expirationSeconds', seconds, why),
    ]);
  };
  if (seconds < MIN_EXPIRATION_SECONDS) {
    refuse('may not specify a duration less than 10 minutes');
  }
  if (seconds > MAX_EXPIRATION_SECONDS) {
    refuse('may not specify a duration larger than 2^32 seconds');
  }
}

const refused = (why?: string): TokenCheck => ({
  status: 'invalid',
  reason:
    why === undefined
      ? 'invalid bearer token'
      : `[invalid bearer token, ${why}]`,
});

const goList = (list: readonly string[]) =>
  `[${list.map(text => JSON.stringify(text)).join(' ')}]`;

function userOf({ jti, 'kubernetes.io': names }: TokenClaims): UserInfo {
  const { namespace, serviceaccount, pod, node } = names;
  const extra = (kind: string, reference?: { name: string; uid: string }) =>
    reference === undefined
      ? {}
      : {
          [`authentication.kubernetes.io/${kind}-name`]: [reference.name],
          [`authentication.kubernetes.io/${kind}-uid`]: [reference.uid],
        };
  return {
    username: serviceAccountUsername(namespace, serviceaccount.name),
    uid: serviceaccount.uid,
    groups: [...serviceAccountGroups(namespace), 'system:authenticated'],
    extra: {
      'authentication.kubernetes.io/credential-id': [`JTI=${jti}`],
      ...extra('node', node),
      ...extra('pod', pod),
    },
  };
}

/** Issues and checks ServiceAccount tokens, signed with the cluster's own key. */
export async function createServiceAccountTokens(options: {
  objects: ClusterObjects;
  signingKey: SigningKey;
  clock: Clock;
}): Promise<ServiceAccountTokens> {
  const { objects, signingKey, clock } = options;
  const { SignJWT, jwtVerify } = await import('jose');
  const verified = new Map<string, TokenClaims>();
  const nowSeconds = () => Math.floor(clock.now() / 1000);

  /** Claims of a token that we signed, expired or not; undefined for any other. */
  const claimsOf = async (token: string): Promise<TokenClaims | undefined> => {
    const kept = verified.get(token);
    if (kept) {
      return kept;
    }
    const claims = await jwtVerify(token, signingKey.publicKey, {
      algorithms: [ALGORITHM],
      issuer: API_AUDIENCE,
      // Expiry is judged at each use, also of those that are kept.
      currentDate: new Date(0),
      clockTolerance: Number.MAX_SAFE_INTEGER,
    }).then(
      ({ payload }) => parseTokenClaims(payload),
      () => undefined,
    );
    if (claims) {
      const [oldest] = verified.keys();
      if (verified.size >= VERIFIED_KEPT) {
        verified.delete(oldest);
      }
      verified.set(token, claims);
    }
    return claims;
  };

  return {
    async issue(request) {
      const {
        namespace,
        serviceAccount,
        expirationSeconds = DEFAULT_EXPIRATION_SECONDS,
      } = request;
      assertExpiration(expirationSeconds);
      const audiences =
        (request.audiences ?? []).length === 0
          ? [API_AUDIENCE]
          : [...(request.audiences ?? [])];
      const references = resolveBoundReferences(objects, request);
      const issuedAt = nowSeconds();
      const expiresAt = issuedAt + expirationSeconds;
      const token = await new SignJWT({ 'kubernetes.io': references })
        .setProtectedHeader({ alg: ALGORITHM, kid: signingKey.keyId })
        .setIssuer(API_AUDIENCE)
        .setAudience(audiences)
        .setSubject(serviceAccountUsername(namespace, serviceAccount))
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt)
        .setExpirationTime(expiresAt)
        .setJti(randomUUID())
        .sign(signingKey.privateKey);
      return {
        token,
        expirationTimestamp: timestamp(expiresAt * 1000),
        audiences,
      };
    },

    async check(token, wanted = [API_AUDIENCE]) {
      const claims = await claimsOf(token);
      if (claims === undefined) {
        return refused();
      }
      const audiences = claims.aud.filter(each => wanted.includes(each));
      if (audiences.length === 0) {
        return refused(
          `token audiences ${goList(
            claims.aud,
          )} is invalid for the target audiences ${goList(wanted)}`,
        );
      }
      if (claims.exp <= nowSeconds()) {
        return refused('service account token has expired');
      }
      const problem = whyNotAlive(objects, claims['kubernetes.io']);
      return problem === undefined
        ? { status: 'valid', user: userOf(claims), audiences }
        : refused(problem);
    },
  };
}
