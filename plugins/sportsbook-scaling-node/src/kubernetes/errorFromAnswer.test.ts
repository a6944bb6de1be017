import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  AdmissionDeniedError,
  ApiNotInstalledError,
  ClusterForbiddenError,
  FieldConflictError,
  KubernetesApiError,
  UserTokenRejectedError,
} from '../errors';
import { errorFromAnswer } from './errorFromAnswer';
import { retryable } from './retryable';

const asked = {
  cluster: 'dev',
  action: 'apply ScaledObject betting/odds',
  kind: { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
};

function errorOf(
  status: number,
  text: string,
  headers: Record<string, string> = {},
) {
  return errorFromAnswer(
    { status, text, headers: new Headers(headers) },
    asked,
  );
}

const recorded = (status: number, file: string) =>
  errorOf(
    status,
    readFileSync(path.join(__dirname, '__fixtures__/refusals', file), 'utf-8'),
  );

const status = (code: number, body: object) =>
  errorOf(code, JSON.stringify({ kind: 'Status', code, ...body }));

it('names owner and field of a conflict', () => {
  const error = recorded(409, 'deployment-replicas-conflict-409.json');
  expect(error).toBeInstanceOf(FieldConflictError);
  expect(error).toMatchObject({
    conflicts: [
      { manager: 'kube-controller-manager', field: '.spec.replicas' },
    ],
  });
  expect(error.message).toContain(
    '.spec.replicas belongs to kube-controller-manager',
  );
});

it('keeps reason and field of an invalid object', () => {
  expect(recorded(422, 'nodeport-taken.json')).toMatchObject({
    name: 'KubernetesApiError',
    status: 422,
    reason: 'Invalid',
    causes: [{ field: 'spec.ports[0].nodePort', reason: 'FieldValueInvalid' }],
  });
});

it('tells missing rights from the denial of a webhook', () => {
  const rights = recorded(403, 'scaledobject-get-forbidden.json');
  expect(rights).toBeInstanceOf(ClusterForbiddenError);
  expect(rights.message).toContain('User "alice" cannot get resource');
  const denial = recorded(403, 'so-hpa-already-exists.json');
  expect(denial).toBeInstanceOf(AdmissionDeniedError);
  expect(denial).toMatchObject({ webhook: 'vscaledobject.kb.io' });
});

it('tells the denial of an admission policy as well', () => {
  expect(
    status(422, {
      reason: 'Invalid',
      message:
        "scaledobjects \"odds\" is forbidden: ValidatingAdmissionPolicy 'limits' with binding 'all' denied request: too many",
    }),
  ).toBeInstanceOf(AdmissionDeniedError);
});

it('says to wait for a namespace that is being deleted', () => {
  const error = status(403, {
    reason: 'Forbidden',
    message: 'unable to create new content in namespace x',
    details: { causes: [{ reason: 'NamespaceTerminating' }] },
  });
  expect(error).toBeInstanceOf(KubernetesApiError);
  expect(error.message).toContain('Wait until the namespace is gone');
});

it('explains a refused grant', () => {
  const error = status(403, {
    reason: 'Forbidden',
    message:
      'roles "x" is forbidden: user "a" is attempting to grant RBAC permissions not currently held',
  });
  expect(error).toBeInstanceOf(ClusterForbiddenError);
  expect(error.message).toContain("'escalate' and 'bind'");
});

it('tells credentials that are not accepted', () => {
  const error = status(401, {
    reason: 'Unauthorized',
    message: 'Unauthorized',
  });
  expect(error).toBeInstanceOf(ClusterForbiddenError);
  expect(error.message).toContain('does not accept the credentials');
});

it("tells a user's own token that is not accepted from Backstage's credentials", () => {
  const error = errorFromAnswer(
    { status: 401, headers: new Headers(), text: '' },
    { cluster: 'dev', action: 'list Pod', hasUserToken: true },
  );
  expect(error).toBeInstanceOf(UserTokenRejectedError);
  expect(error.message).toContain('sign in to the cluster again');
});

it('takes a path that is not served for a kind that is not installed', () => {
  expect(recorded(404, 'servicemonitor-before-crd.404.txt')).toBeInstanceOf(
    ApiNotInstalledError,
  );
});

it('takes a named thing that is not there for just that', () => {
  expect(recorded(404, 'service-proxy-no-service.json')).toMatchObject({
    name: 'KubernetesApiError',
    status: 404,
    reason: 'NotFound',
  });
});

it('shows nothing of a body that is no Status', () => {
  const error = errorOf(500, '<html>secret-of-the-proxy</html>');
  expect(error.message).toBe(
    'Cluster dev refused to apply ScaledObject betting/odds: HTTP 500 without a reason',
  );
});

it('cuts endless reasons', () => {
  const error = status(422, { message: 'x'.repeat(5_000) });
  expect(error.message.length).toBeLessThan(700);
});

describe('what may be tried again', () => {
  it.each([
    ['a busy server', errorOf(429, '', { 'Retry-After': '3' })],
    ['no endpoints', recorded(503, 'service-proxy-no-endpoints.json')],
    [
      'a webhook that does not answer',
      status(500, {
        reason: 'InternalError',
        message: 'Internal error occurred: failed calling webhook "x"',
      }),
    ],
    [
      'a new leader of etcd',
      status(500, { message: 'etcdserver: leader changed' }),
    ],
    [
      'a quota that was counted meanwhile',
      status(409, {
        reason: 'Conflict',
        message: 'Operation cannot be fulfilled on resourcequotas "q"',
      }),
    ],
    [
      'a conversion webhook',
      status(500, { message: 'conversion webhook for x/v1 failed: refused' }),
    ],
  ])('%s', (_, error) => {
    expect(retryable(error)).toBe(true);
  });

  it.each([
    ['a wrong type', recorded(500, 'so-threshold-number.json')],
    ['an unknown field', recorded(500, 'so-unknown-field.json')],
    [
      'a conflict of fields',
      recorded(409, 'deployment-replicas-conflict-409.json'),
    ],
    ['missing rights', recorded(403, 'scaledobject-get-forbidden.json')],
    ['an invalid object', recorded(422, 'nodeport-taken.json')],
    ['a programming error', new TypeError('x is undefined')],
  ])('but not %s', (_, error) => {
    expect(retryable(error)).toBe(false);
  });

  it('keeps what Retry-After asks for', () => {
    expect(errorOf(429, '', { 'Retry-After': '3' })).toMatchObject({
      retryAfterSeconds: 3,
    });
    expect(status(429, { details: { retryAfterSeconds: 7 } })).toMatchObject({
      retryAfterSeconds: 7,
    });
  });
});
