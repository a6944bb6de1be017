import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../model/Clock';
import { openClusterObjects } from '../../objects';
import { readPod } from '../podObject';
import { containerEnvironment } from './containerEnvironment';
import { serviceEnvironment } from './serviceEnvironment';

describe('the environment of a container', () => {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-environment-'));
  let objects: Awaited<ReturnType<typeof openClusterObjects>>;

  beforeAll(async () => {
    objects = await openClusterObjects({ directory, clock: systemClock });
    const put = (object: { kind: string; [key: string]: unknown }) => {
      const type = objects.typeOf('v1', object.kind);
      if (!type) {
        throw new Error(`${object.kind} is not served`);
      }
      objects.create(
        type,
        {
          apiVersion: 'v1',
          metadata: { name: 'x', namespace: 'default' },
          ...object,
        },
        { manager: 'test' },
      );
    };
    put({
      kind: 'ConfigMap',
      data: { COLOR: 'green' },
      binaryData: { RAW: Buffer.from('raw').toString('base64') },
    });
    put({
      kind: 'Secret',
      data: { PASSWORD: Buffer.from('p4ss').toString('base64') },
    });
    put({
      kind: 'Service',
      metadata: { name: 'odds-api', namespace: 'default' },
      spec: { clusterIP: '10.43.0.44', ports: [{ name: 'web', port: 80 }] },
    });
  });

  afterAll(() => {
    objects.close();
    rmSync(directory, { recursive: true, force: true });
  });

  function environmentOf(container: Record<string, unknown>) {
    const pod = readPod({
      metadata: {
        name: 'p',
        namespace: 'default',
        uid: 'u',
        labels: { app: 'a', 'b/c': 'd"e' },
      },
      spec: {
        nodeName: 'embedded',
        containers: [
          {
            name: 'main',
            resources: { limits: { cpu: '1500m', memory: '64Mi' } },
            ...container,
          },
        ],
      },
    });
    return containerEnvironment({
      objects,
      pod,
      container: pod.spec.containers[0],
      podIP: '10.42.0.2',
      hostname: 'p',
      imageEnvironment: ['PATH=/bin', 'FROM_IMAGE=a=b'],
      serviceEnvironment: { SERVICE: 'linked' },
    });
  }

  it('holds what is declared, over what the image has, and nothing else', () => {
    expect(
      environmentOf({
        env: [
          { name: 'FROM_IMAGE', value: 'changed' },
          { name: 'GREETING', value: '$(SERVICE) $(LATER) $$(SERVICE)' },
          { name: 'LATER', value: 'x' },
        ],
      }),
    ).toEqual({
      PATH: '/bin',
      HOSTNAME: 'p',
      SERVICE: 'linked',
      FROM_IMAGE: 'changed',
      GREETING: 'linked $(LATER) $(SERVICE)',
      LATER: 'x',
    });
  });

  it('takes whole ConfigMaps and Secrets, with a prefix, and single keys over them', () => {
    expect(
      environmentOf({
        envFrom: [
          { prefix: 'MY_', configMapRef: { name: 'x' } },
          { secretRef: { name: 'x' } },
          { configMapRef: { name: 'absent', optional: true } },
        ],
        env: [
          {
            name: 'MY_RAW',
            valueFrom: { secretKeyRef: { name: 'x', key: 'PASSWORD' } },
          },
          {
            name: 'NONE',
            valueFrom: {
              configMapKeyRef: { name: 'x', key: 'none', optional: true },
            },
          },
        ],
      }),
    ).toEqual({
      PATH: '/bin',
      HOSTNAME: 'p',
      SERVICE: 'linked',
      FROM_IMAGE: 'a=b',
      MY_COLOR: 'green',
      MY_RAW: 'p4ss',
      PASSWORD: 'p4ss',
    });
  });

  it.each([
    ['metadata.name', 'p'],
    ['metadata.namespace', 'default'],
    ['metadata.uid', 'u'],
    ["metadata.labels['b/c']", 'd"e'],
    ["metadata.annotations['none']", ''],
    ['metadata.labels', 'app="a"\nb/c="d\\"e"'],
    ['spec.nodeName', 'embedded'],
    ['spec.serviceAccountName', 'default'],
    ['status.podIP', '10.42.0.2'],
    ['status.hostIP', '127.0.0.1'],
  ])('tells %s', (fieldPath, expected) => {
    expect(
      environmentOf({
        env: [{ name: 'X', valueFrom: { fieldRef: { fieldPath } } }],
      }).X,
    ).toBe(expected);
  });

  it.each([
    ['limits.cpu', '1', '2'],
    ['limits.cpu', '1m', '1500'],
    ['limits.memory', '1Mi', '64'],
    ['requests.memory', '1Mi', '64'],
    ['requests.ephemeral-storage', '1', '0'],
  ])('tells %s in units of %s', (resource, divisor, expected) => {
    expect(
      environmentOf({
        env: [
          {
            name: 'X',
            valueFrom: { resourceFieldRef: { resource, divisor } },
          },
        ],
      }).X,
    ).toBe(expected);
  });

  it.each([
    [{ configMapKeyRef: { name: 'no', key: 'k' } }, 'configmap "no" not found'],
    [{ secretKeyRef: { name: 'no', key: 'k' } }, 'secret "no" not found'],
    [
      { configMapKeyRef: { name: 'x', key: 'k' } },
      "couldn't find key k in ConfigMap default/x",
    ],
    [
      { fieldRef: { fieldPath: 'status.x' } },
      'unsupported fieldPath: status.x',
    ],
  ])('says what is missing for %j', (valueFrom, message) => {
    expect(() => environmentOf({ env: [{ name: 'X', valueFrom }] })).toThrow(
      message,
    );
  });

  it('names the Services of its namespace where it asks for links, and the API always', () => {
    const without = serviceEnvironment(objects, {
      namespace: 'default',
      links: false,
    });
    expect(without).toMatchObject({
      KUBERNETES_SERVICE_HOST: '10.43.0.1',
      KUBERNETES_SERVICE_PORT_HTTPS: '443',
    });
    expect(Object.keys(without)).not.toContain('ODDS_API_SERVICE_HOST');
    expect(
      serviceEnvironment(objects, { namespace: 'default', links: true }),
    ).toMatchObject({
      ODDS_API_SERVICE_HOST: '10.43.0.44',
      ODDS_API_SERVICE_PORT: '80',
      ODDS_API_SERVICE_PORT_WEB: '80',
      ODDS_API_PORT: 'tcp://10.43.0.44:80',
      ODDS_API_PORT_80_TCP: 'tcp://10.43.0.44:80',
      ODDS_API_PORT_80_TCP_PROTO: 'tcp',
      ODDS_API_PORT_80_TCP_PORT: '80',
      ODDS_API_PORT_80_TCP_ADDR: '10.43.0.44',
    });
  });
});
