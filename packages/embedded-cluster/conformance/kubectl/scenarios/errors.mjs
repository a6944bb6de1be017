import { deploymentOf } from '../manifests/deployment.mjs';

const deployment = deploymentOf({ name: 'odds' });
const withSpec = spec => ({
  ...deployment,
  spec: { ...deployment.spec, ...spec },
});

/** What is refused, and in which words. */
export const errors = {
  name: 'errors',
  steps: [
    { run: 'get deployment absent' },
    { run: 'get deployment absent --ignore-not-found' },
    { run: 'describe deployment absent' },
    { run: 'apply -f -', input: 'kind: Deployment\nmetadata: {name: odds}\n' },
    {
      run: 'apply -f -',
      input: {
        apiVersion: 'example.com/v1',
        kind: 'Nothing',
        metadata: { name: 'odds' },
      },
    },
    { run: 'apply -f -', input: withSpec({ replicaz: 1 }) },
    {
      run: 'apply -f - --validate=warn --dry-run=server',
      input: withSpec({ replicaz: 1 }),
    },
    {
      run: 'apply -f - --validate=ignore --dry-run=server',
      input: withSpec({ replicaz: 1 }),
    },
    { run: 'apply -f -', input: withSpec({ replicas: 'many' }) },
    { run: 'apply -f -', input: withSpec({ replicas: -1 }) },
    {
      run: 'apply -f -',
      input: withSpec({ selector: { matchLabels: { app: 'other' } } }),
    },
    { run: 'apply -f -', input: withSpec({ strategy: { type: 'Sideways' } }) },
    {
      run: 'apply -f -',
      input: { ...deployment, metadata: { name: 'Not A Name' } },
    },
    {
      run: 'create -f -',
      input: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'p' },
        spec: { containers: [] },
      },
    },
    {
      run: 'create -f -',
      input: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 's' },
        spec: { ports: [{ port: 0 }] },
      },
    },
    {
      run: 'create -f -',
      input: { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} },
    },
    { run: 'create -f -', input: deployment },
    { run: 'create -f -', input: deployment },
    { run: 'apply -f - --dry-run=server', input: deployment },
    {
      run: [
        'patch',
        'deployment',
        'odds',
        '-p',
        '{"spec":{"selector":{"matchLabels":{"app":"x"}}}}',
      ],
    },
    { run: ['patch', 'deployment', 'odds', '-p', '{"spec":{"replicas":"x"}}'] },
    {
      run: [
        'patch',
        'deployment',
        'odds',
        '--type=json',
        '-p',
        '[{"op":"remove","path":"/spec/absent"}]',
      ],
    },
    { run: ['patch', 'deployment', 'odds', '--type=merge', '-p', 'not json'] },
    {
      run: [
        'patch',
        'deployment',
        'odds',
        '-p',
        '{"metadata":{"resourceVersion":"1"},"spec":{"replicas":1}}',
      ],
    },
    { run: 'scale deployment/absent --replicas=1' },
    { run: 'scale configmap/kube-root-ca.crt --replicas=1' },
    { run: 'wait deployment/odds --for=condition=Absent --timeout=1s' },
    { run: 'wait deployment/absent --for=condition=Available --timeout=1s' },
    { run: ['get', 'pods', '-l', 'a b'] },
    {
      run: 'get --raw /api/v1/namespaces/{namespace}/pods?limit=x',
      anywhere: true,
    },
    {
      run: 'get --raw /api/v1/namespaces/{namespace}/pods?fieldSelector=x',
      anywhere: true,
    },
    { run: 'delete deployment odds' },
  ],
};
