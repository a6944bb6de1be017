import fc from 'fast-check';
import { all, metadata, mapOf, some } from '../arbitraries';
import type { Subject } from '../Subject';

const port = fc
  .tuple(
    all({
      port: fc.constantFrom(80, 81),
      name: fc.constantFrom('one', 'two', 'three'),
    }),
    some({
      protocol: fc.constantFrom('TCP', 'UDP'),
      targetPort: fc.constantFrom<unknown>(8080, 'http'),
      appProtocol: fc.constant('http'),
    }),
  )
  .map(([needed, more]) => ({ ...needed, ...more }));

export const service: Subject = {
  name: 'service',
  resource: { apiVersion: 'v1', kind: 'Service', plural: 'services' },
  isWatched: false,
  base: {
    spec: {
      selector: { app: 'subject' },
      ports: [{ name: 'one', port: 80 }],
    },
  },
  part: fc.oneof(
    {
      weight: 12,
      arbitrary: some({
        metadata,
        spec: some({
          type: fc.constantFrom('ClusterIP', 'NodePort'),
          ports: fc.uniqueArray(port, {
            minLength: 1,
            maxLength: 3,
            selector: ({ name }) => name,
          }),
          selector: mapOf(['app', 'tier'], ['subject', 'other']),
          sessionAffinity: fc.constantFrom('None', 'ClientIP'),
          externalIPs: fc.subarray(['10.1.1.1', '10.1.1.2']),
          publishNotReadyAddresses: fc.boolean(),
          internalTrafficPolicy: fc.constantFrom('Cluster', 'Local'),
        }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        { spec: { ports: [{ port: 0 }] } },
        { spec: { ports: [] } },
        { spec: { ports: [{ name: 'a' }] } },
        { spec: { type: 'Odd' } },
        { spec: { clusterIP: 'None' } },
        { spec: { sessionAffinity: 'Odd' } },
        { spec: { selector: 'app' } },
        { spec: { selector: null } },
        { spec: { nodePort: 30000 } },
        { spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 1 }] } },
      ),
    },
  ),
  operation: fc.constantFrom(
    { op: 'add', path: '/spec/ports/-', value: { name: 'json', port: 82 } },
    { op: 'remove', path: '/spec/ports/1' },
    { op: 'replace', path: '/spec/ports/0/targetPort', value: 'web' },
    { op: 'remove', path: '/spec/ports/0/name' },
    { op: 'replace', path: '/spec/selector', value: { app: 'json' } },
    { op: 'remove', path: '/spec/selector' },
    { op: 'replace', path: '/spec/type', value: 'NodePort' },
  ),
  strategic: fc.constantFrom(
    { spec: { ports: [{ port: 80, name: 'one', targetPort: 9090 }] } },
    { spec: { ports: [{ port: 81, name: 'two' }] } },
    { spec: { ports: [{ port: 81, $patch: 'delete' }] } },
    { spec: { ports: [{ port: 80, protocol: 'UDP', name: 'udp' }] } },
    { spec: { selector: { tier: 'smp' } } },
    { spec: { selector: { $patch: 'replace', app: 'smp' } } },
    {
      spec: {
        '$setElementOrder/ports': [{ port: 81 }, { port: 80 }],
        ports: [{ port: 81, name: 'two' }],
      },
    },
  ),
};
