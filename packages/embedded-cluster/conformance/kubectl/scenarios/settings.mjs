import { deploymentOf } from '../manifests/deployment.mjs';

const deployment = deploymentOf({ name: 'odds', replicas: 0 });
const configMapOf = (name, labels) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels },
});
const listOf = (...items) => ({ apiVersion: 'v1', kind: 'List', items });

/** The commands that change one thing of an object, or many objects at once. */
export const settings = {
  name: 'settings',
  steps: [
    { run: 'create deployment made --image=node:22-slim --replicas=0' },
    { run: 'get deployment made -o yaml', until: /Available/ },
    {
      run: 'create deployment made --image=node:22-slim --dry-run=client -o yaml',
    },
    {
      run: 'create deployment other --image=node:22-slim --dry-run=server -o yaml',
    },
    { run: 'apply -f -', input: deployment },
    { run: 'set resources deployment/odds --limits=memory=256Mi' },
    { run: 'set serviceaccount deployment/odds builder' },
    { run: 'set env deployment/odds --list' },
    { run: 'get deployment odds -o jsonpath={.spec.template.spec}' },
    { run: 'get deployment odds --subresource=status' },
    { run: 'get deployment odds --subresource=scale -o yaml' },
    {
      run: [
        'patch',
        'deployment',
        'odds',
        '--subresource=scale',
        '--type=merge',
        '-p',
        '{"spec":{"replicas":0}}',
      ],
    },
    { run: 'apply set-last-applied -f -', input: deployment },
    {
      run: 'apply -f - --prune -l app=odds --prune-allowlist=core/v1/ConfigMap',
      input: listOf(
        configMapOf('a', { app: 'odds' }),
        configMapOf('b', { app: 'odds' }),
      ),
    },
    {
      run: 'apply -f - --prune -l app=odds --prune-allowlist=core/v1/ConfigMap',
      input: listOf(configMapOf('b', { app: 'odds' })),
    },
    { run: 'label configmap --all tier=gold', anyOrder: true },
    { run: 'get configmap -l tier=gold,app!=odds -o name' },
    { run: 'get configmap --sort-by=.metadata.name --chunk-size=1' },
    {
      run: 'create poddisruptionbudget odds --selector=app=odds --min-available=1',
    },
    { run: 'get pdb', until: /0 / },
    { run: 'describe pdb odds', until: /Current/ },
    {
      run: 'create secret docker-registry pull --docker-server=example.com --docker-username=a --docker-password=b',
    },
    { run: 'get secrets' },
    { run: 'replace --force -f -', input: configMapOf('b', { app: 'new' }) },
    { run: 'get configmap b --show-labels' },
    {
      run: 'auth reconcile -f -',
      input: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'reader', namespace: '{namespace}' },
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
      },
    },
    { run: 'describe configmap', rewrite: certificate() },
    { run: 'delete deployment,configmap -l app=odds', anyOrder: true },
    { run: 'delete all --all', anyOrder: true },
  ],
};

function certificate() {
  return [
    {
      pattern: /-----BEGIN[\s\S]*?-----END CERTIFICATE-----\n/,
      replacement: '<certificate>',
    },
  ];
}
