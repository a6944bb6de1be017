import { deploymentOf } from '../manifests/deployment.mjs';

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'odds', labels: { app: 'odds' } },
  spec: {
    type: 'NodePort',
    selector: { app: 'odds' },
    ports: [{ name: 'http', port: 80, targetPort: 'http' }],
  },
};

/** Services and what they lead to. */
export const services = {
  name: 'services',
  steps: [
    { run: 'apply -f -', input: deploymentOf({ name: 'odds', replicas: 2 }) },
    { run: 'apply -f -', input: service },
    { run: 'wait deployment/odds --for=condition=Available --timeout=40s' },
    { run: 'get deployment odds', until: /2\/2/ },
    { run: 'get service odds' },
    { run: 'get service odds -o wide' },
    { run: 'get service odds -o yaml' },
    {
      run: 'get endpointslices -l kubernetes.io/service-name=odds',
      until: /\d,\d/,
    },
    { run: 'get endpointslices -o yaml', rewrite: generation() },
    { run: 'describe service odds' },
    { run: 'describe endpointslices -l kubernetes.io/service-name=odds' },
    {
      run: 'get --raw /api/v1/namespaces/{namespace}/services/odds:http/proxy/',
      anywhere: true,
    },
    {
      run: 'get --raw /api/v1/namespaces/{namespace}/services/absent:http/proxy/',
      anywhere: true,
    },
    {
      run: 'expose deployment odds --name=inside --port=80 --target-port=8080',
    },
    { run: 'describe service inside' },
    { run: 'create service clusterip empty --tcp=80:8080' },
    { run: 'describe service empty' },
    { run: 'create service externalname away --external-name=example.com' },
    { run: 'get services' },
    {
      run: [
        'patch',
        'service',
        'odds',
        '-p',
        '{"spec":{"clusterIP":"10.0.0.1"}}',
      ],
    },
    {
      run: [
        'patch',
        'service',
        'odds',
        '--type=merge',
        '-p',
        '{"spec":{"ports":[]}}',
      ],
    },
    { run: 'delete service --all', anyOrder: true },
    { run: 'get endpointslices', until: /No resources/ },
  ],
};

/** How often a slice was written depends on which pods came together. */
function generation() {
  return [{ pattern: /generation: \d+/, replacement: 'generation: <count>' }];
}
