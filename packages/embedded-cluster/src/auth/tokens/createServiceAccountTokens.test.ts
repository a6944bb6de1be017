import { decodeProtectedHeaderAndClaims } from '../__testUtils__/decodeToken';
import { newSigningKey } from '../__testUtils__/newSigningKey';
import {
  openTestObjects,
  type TestObjects,
} from '../__testUtils__/openTestObjects';
import { createServiceAccountTokens } from './createServiceAccountTokens';
import type { ServiceAccountTokens } from './ServiceAccountTokens';

const BOB = { namespace: 'betting', serviceAccount: 'bob' };

describe('createServiceAccountTokens', () => {
  let test: TestObjects;
  let tokens: ServiceAccountTokens;

  beforeEach(async () => {
    test = await openTestObjects();
    tokens = await createServiceAccountTokens({
      objects: test.objects,
      signingKey: newSigningKey(),
      clock: test.clock,
    });
    createIn('ServiceAccount', 'bob');
  });

  afterEach(() => test.close());

  function createIn(kind: string, name: string, parts = {}) {
    return test.create(kind, {
      metadata: { name, namespace: 'betting' },
      ...parts,
    });
  }
  const uidOf = (kind: string, name: string) =>
    test.objects.get(test.type(kind), { name, namespace: 'betting' }).metadata
      .uid;

  it('issues tokens with the claims of Kubernetes', async () => {
    const { token, expirationTimestamp, audiences } = await tokens.issue(BOB);

    expect(expirationTimestamp).toBe('2026-11-24T11:00:00Z');
    expect(audiences).toEqual(['https://kubernetes.default.svc']);
    expect(decodeProtectedHeaderAndClaims(token)).toEqual({
      header: { alg: 'ES256', kid: 'test' },
      claims: {
        aud: ['https://kubernetes.default.svc'],
        exp: 1795518000,
        iat: 1795514400,
        iss: 'https://kubernetes.default.svc',
        jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'kubernetes.io': {
          namespace: 'betting',
          serviceaccount: {
            name: 'bob',
            uid: uidOf('ServiceAccount', 'bob'),
          },
        },
        nbf: 1795514400,
        sub: 'system:serviceaccount:betting:bob',
      },
    });
  });

  it('tells whose token it is', async () => {
    const { token } = await tokens.issue(BOB);

    expect(await tokens.check(token)).toEqual({
      status: 'valid',
      audiences: ['https://kubernetes.default.svc'],
      user: {
        username: 'system:serviceaccount:betting:bob',
        uid: uidOf('ServiceAccount', 'bob'),
        groups: [
          'system:serviceaccounts',
          'system:serviceaccounts:betting',
          'system:authenticated',
        ],
        extra: {
          'authentication.kubernetes.io/credential-id': [
            expect.stringMatching(/^JTI=/),
          ],
        },
      },
    });
  });

  it('refuses what it has not signed', async () => {
    const { token } = await tokens.issue(BOB);
    const others = await createServiceAccountTokens({
      objects: test.objects,
      signingKey: newSigningKey(),
      clock: test.clock,
    });
    const [header, claims] = token.split('.');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');

    for (const forged of [
      (await others.issue(BOB)).token,
      `${header}.${claims}.${'A'.repeat(86)}`,
      `${unsigned}.${claims}.`,
      'abc',
      '',
    ]) {
      expect(await tokens.check(forged)).toEqual({
        status: 'invalid',
        reason: 'invalid bearer token',
      });
    }
  });

  it('refuses a token that has expired, though it was valid before', async () => {
    const { token } = await tokens.issue({ ...BOB, expirationSeconds: 600 });
    test.clock.advance(599_000);
    expect((await tokens.check(token)).status).toBe('valid');
    test.clock.advance(1_000);

    expect(await tokens.check(token)).toEqual({
      status: 'invalid',
      reason: '[invalid bearer token, service account token has expired]',
    });
  });

  it('refuses a token for others, unless they are asked for', async () => {
    const { token } = await tokens.issue({ ...BOB, audiences: ['vault', 'b'] });

    expect(await tokens.check(token)).toEqual({
      status: 'invalid',
      reason:
        '[invalid bearer token, token audiences ["vault" "b"] is invalid for the target audiences ["https://kubernetes.default.svc"]]',
    });
    expect(await tokens.check(token, ['c', 'vault'])).toMatchObject({
      status: 'valid',
      audiences: ['vault'],
    });
  });

  it('ends with its ServiceAccount, and does not come back with a new one', async () => {
    const { token } = await tokens.issue(BOB);
    const before = uidOf('ServiceAccount', 'bob');
    test.remove('ServiceAccount', 'bob', 'betting');

    expect(await tokens.check(token)).toEqual({
      status: 'invalid',
      reason: '[invalid bearer token, serviceaccounts "bob" not found]',
    });
    createIn('ServiceAccount', 'bob');
    expect(await tokens.check(token)).toEqual({
      status: 'invalid',
      reason: `[invalid bearer token, service account UID (${uidOf(
        'ServiceAccount',
        'bob',
      )}) does not match claim (${before})]`,
    });
  });

  it('ends with the Secret that it is bound to', async () => {
    createIn('Secret', 'key');
    const { token } = await tokens.issue({
      ...BOB,
      boundTo: { kind: 'Secret', apiVersion: 'v1', name: 'key' },
    });
    expect((await tokens.check(token)).status).toBe('valid');
    test.remove('Secret', 'key', 'betting');

    expect(await tokens.check(token)).toEqual({
      status: 'invalid',
      reason:
        '[invalid bearer token, service account token has been invalidated]',
    });
    createIn('Secret', 'key');
    expect(await tokens.check(token)).toMatchObject({
      reason: expect.stringMatching(
        /secret UID \(.+\) does not match service account secret ref claim/,
      ),
    });
  });

  it('names the pod that it is bound to', async () => {
    createIn('Pod', 'api', {
      spec: {
        serviceAccountName: 'bob',
        containers: [{ name: 'a', image: 'node:22-slim' }],
      },
    });
    const { token } = await tokens.issue({
      ...BOB,
      boundTo: { kind: 'Pod', apiVersion: 'v1', name: 'api' },
    });

    expect(await tokens.check(token)).toMatchObject({
      status: 'valid',
      user: {
        extra: {
          'authentication.kubernetes.io/pod-name': ['api'],
          'authentication.kubernetes.io/pod-uid': [uidOf('Pod', 'api')],
        },
      },
    });
  });

  it.each([
    [
      { expirationSeconds: 5 },
      422,
      'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes',
    ],
    [
      { expirationSeconds: 5_000_000_000 },
      422,
      'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 5000000000: may not specify a duration larger than 2^32 seconds',
    ],
    [{ serviceAccount: 'nobody' }, 404, 'serviceaccounts "nobody" not found'],
    [
      { boundTo: { kind: 'Pod', apiVersion: 'v1', name: 'nope' } },
      404,
      'pods "nope" not found',
    ],
    [
      { boundTo: { kind: 'ConfigMap', apiVersion: 'v1', name: 'x' } },
      400,
      'cannot bind token to object of type /v1, Kind=ConfigMap',
    ],
    [
      { boundTo: { kind: 'Pod', apiVersion: 'apps/v1', name: 'x' } },
      400,
      'cannot bind token to object of type apps/v1, Kind=Pod',
    ],
    [
      { boundTo: { kind: 'Pod', apiVersion: 'v1', name: 'foreign' } },
      400,
      'cannot bind token for serviceaccount "bob" to pod running with different serviceaccount name.',
    ],
    [
      { boundTo: { kind: 'Secret', apiVersion: 'v1', name: 's', uid: 'xx' } },
      409,
      'Operation cannot be fulfilled on Secret "s": the UID in the bound object reference (xx) does not match the UID in record. The object might have been deleted and then recreated',
    ],
  ])('refuses %j with %i', async (request, code, message) => {
    createIn('Secret', 's');
    createIn('ServiceAccount', 'default');
    createIn('Pod', 'foreign', {
      spec: { containers: [{ name: 'a', image: 'node:22-slim' }] },
    });

    await expect(tokens.issue({ ...BOB, ...request })).rejects.toMatchObject({
      code,
      message,
    });
  });
});
