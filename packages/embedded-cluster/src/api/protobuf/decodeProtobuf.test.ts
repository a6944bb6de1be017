import recorded from '../__fixtures__/kubectl-protobuf-bodies.json';
import { decodeProtobuf } from './decodeProtobuf';

function decodeRecorded(path: keyof typeof recorded) {
  return decodeProtobuf(Buffer.from(recorded[path].base64, 'base64'));
}

describe('decodeProtobuf', () => {
  it('reads the ConfigMap that kubectl creates', () => {
    expect(decodeRecorded('/api/v1/namespaces/betting/configmaps')).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'betting' },
      data: { mode: 'live' },
    });
  });

  it('reads a Deployment with what is in line, repeated, a map and a pointer', () => {
    expect(
      decodeRecorded('/apis/apps/v1/namespaces/betting/deployments'),
    ).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'odds-api',
        namespace: 'betting',
        labels: { app: 'odds-api' },
      },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'odds-api' } },
        strategy: {},
        template: {
          metadata: { labels: { app: 'odds-api' } },
          spec: {
            containers: [
              {
                name: 'node',
                image: 'node:22-slim',
                ports: [{ containerPort: 8080 }],
                resources: {},
              },
            ],
          },
        },
      },
      status: {},
    });
  });

  it('reads bytes as base64', () => {
    expect(decodeRecorded('/api/v1/namespaces/betting/secrets')).toMatchObject({
      data: { token: 'YWJj' },
    });
  });

  it('reads quantities', () => {
    expect(
      decodeRecorded('/api/v1/namespaces/betting/resourcequotas'),
    ).toMatchObject({ spec: { hard: { cpu: '500m', pods: '3' } } });
  });

  it('reads what is a number or a text', () => {
    expect(
      decodeRecorded('/apis/policy/v1/namespaces/betting/poddisruptionbudgets'),
    ).toMatchObject({
      spec: {
        minAvailable: '50%',
        selector: { matchLabels: { app: 'odds' } },
      },
    });
  });

  it('reads what kubectl auth can-i asks', () => {
    expect(
      decodeRecorded('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'),
    ).toMatchObject({
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: { namespace: 'betting', verb: 'list' },
      },
    });
  });

  it('reads what kubectl create token asks', () => {
    expect(
      decodeRecorded(
        '/api/v1/namespaces/betting/serviceaccounts/default/token',
      ),
    ).toMatchObject({ spec: { audiences: ['a'], expirationSeconds: 1200 } });
  });

  it('refuses bytes that are none, and a message that breaks off', () => {
    expect(() => decodeProtobuf(Buffer.from('{}'))).toThrow(
      'does not appear to be a protobuf message',
    );
    const whole = Buffer.from(
      recorded['/api/v1/namespaces/betting/configmaps'].base64,
      'base64',
    );
    expect(() => decodeProtobuf(whole.subarray(0, 30))).toThrow(
      'unexpected EOF',
    );
  });

  it('names a kind that it does not know', () => {
    // An envelope of apiVersion `x/v1` and kind `Y`.
    const body = Buffer.concat([
      Buffer.from('k8s\0'),
      Buffer.from([0x0a, 0x09, 0x0a, 0x04]),
      Buffer.from('x/v1'),
      Buffer.from([0x12, 0x01]),
      Buffer.from('Y'),
    ]);
    expect(() => decodeProtobuf(body)).toThrow(
      'no kind "Y" is registered for version "x/v1"',
    );
  });
});
