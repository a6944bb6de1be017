import fc, { type Arbitrary } from 'fast-check';
import { all, labels, listOf, mapOf, some } from '../arbitraries';
import type { JsonRecord } from '../Step';

const environment: Arbitrary<JsonRecord> = fc.oneof(
  all({
    name: fc.constantFrom('A', 'B', 'C'),
    value: fc.constantFrom('0', '1', ''),
  }),
  all({
    name: fc.constantFrom('A', 'B'),
    valueFrom: fc.constantFrom(
      { fieldRef: { fieldPath: 'metadata.name' } },
      { configMapKeyRef: { name: 'settings', key: 'a' } },
    ),
  }),
);

/** With the name that belongs to the number, as names must differ too. */
const port: Arbitrary<JsonRecord> = fc
  .tuple(
    fc.constantFrom(
      { containerPort: 8080, name: 'http' },
      { containerPort: 8081, name: 'metrics' },
    ),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([{ containerPort, name }, isNamed, isExplicit]) => ({
    containerPort,
    ...(isNamed ? { name } : {}),
    ...(isExplicit ? { protocol: 'TCP' } : {}),
  }));

const resources = some({
  limits: mapOf(['cpu', 'memory'], ['500m', '0.5']),
  requests: mapOf(['cpu', 'memory'], ['100m', '0.10']),
});

/** A container that can be part of a list with others. */
export function container(names: readonly string[]): Arbitrary<JsonRecord> {
  return fc
    .tuple(
      all({
        name: fc.constantFrom(...names),
        image: fc.constantFrom('nowhere/image:1', 'nowhere/image:2'),
      }),
      some({
        env: listOf(environment, ['name']),
        ports: fc.uniqueArray(port, {
          maxLength: 2,
          selector: ({ containerPort }) => containerPort,
        }),
        args: fc.subarray(['-a', '-b', '-c']),
        command: fc.subarray(['run', 'it']),
        resources,
        volumeMounts: listOf(
          all({
            name: fc.constant('scratch'),
            mountPath: fc.constantFrom('/tmp', '/data'),
          }),
          ['mountPath'],
          2,
        ),
        securityContext: fc.constantFrom<JsonRecord>(
          { runAsNonRoot: true },
          { capabilities: { drop: ['ALL'] } },
          {},
        ),
      }),
    )
    .map(([needed, more]) => ({ ...needed, ...more }));
}

/** As container, with what only those have that go on running. */
export function service(names: readonly string[]): Arbitrary<JsonRecord> {
  return fc
    .tuple(
      container(names),
      some({
        readinessProbe: fc.constantFrom<JsonRecord>(
          { httpGet: { path: '/ready', port: 8080 } },
          { tcpSocket: { port: 'http' }, periodSeconds: 3 },
        ),
      }),
    )
    .map(([one, more]) => ({ ...one, ...more }));
}

/** Parts of a pod's specification beside its containers. */
export const podParts: Record<string, Arbitrary<unknown>> = {
  nodeSelector: mapOf(['disk', 'zone'], ['a', 'b']),
  tolerations: fc.subarray([
    { key: 'a', operator: 'Exists' },
    { key: 'b', operator: 'Equal', value: 'c', effect: 'NoSchedule' },
  ]),
  imagePullSecrets: fc.subarray([{ name: 'one' }, { name: 'two' }]),
  hostAliases: fc.subarray([
    { ip: '127.0.0.2', hostnames: ['a'] },
    { ip: '127.0.0.3', hostnames: ['b', 'c'] },
  ]),
  topologySpreadConstraints: fc.subarray([
    {
      maxSkew: 1,
      topologyKey: 'zone',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { app: 'subject' } },
    },
    {
      maxSkew: 2,
      topologyKey: 'zone',
      whenUnsatisfiable: 'DoNotSchedule',
    },
  ]),
  volumes: fc.constantFrom(
    [{ name: 'scratch', emptyDir: {} }],
    [{ name: 'scratch', configMap: { name: 'settings' } }],
    [
      { name: 'scratch', emptyDir: { medium: 'Memory' } },
      { name: 'more', secret: { secretName: 'keys' } },
    ],
  ),
  terminationGracePeriodSeconds: fc.constantFrom(0, 5, 30),
  serviceAccountName: fc.constantFrom('default', 'robot', ''),
  automountServiceAccountToken: fc.boolean(),
  hostNetwork: fc.constant(false),
  securityContext: fc.constantFrom<JsonRecord>({}, { runAsUser: 1000 }),
};

export const templateMetadata = some({
  labels: labels.map(more => ({ app: 'subject', ...more })),
  annotations: mapOf(['note'], ['a', 'b']),
});
