import { deploymentOf } from '../manifests/deployment.mjs';

/** Speaks enough of Prometheus to say that there are 140 requests per second. */
const PROMETHEUS = [
  "process.on('SIGTERM', () => process.exit(0));",
  "require('http').createServer((request, response) => {",
  "response.setHeader('content-type', 'application/json');",
  "response.end(JSON.stringify({status: 'success', data: {resultType: 'vector', result: [",
  "{metric: {}, value: [Date.now() / 1000, '140']}]}}))",
  '}).listen(8080)',
].join('');

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'prometheus' },
  spec: {
    selector: { app: 'prometheus' },
    ports: [{ port: 9090, targetPort: 8080 }],
  },
};

const scaledObject = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'odds' },
  spec: {
    scaleTargetRef: { name: 'odds' },
    minReplicaCount: 1,
    maxReplicaCount: 5,
    pollingInterval: 5,
    triggers: [
      {
        type: 'prometheus',
        metadata: {
          serverAddress: 'http://prometheus.{namespace}.svc:9090',
          query: 'sum(rate(http_requests_total[1m]))',
          threshold: '70',
        },
      },
    ],
  },
};

const autoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'alone' },
  spec: {
    scaleTargetRef: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'prometheus',
    },
    minReplicas: 1,
    maxReplicas: 3,
    metrics: [
      {
        type: 'External',
        external: {
          metric: { name: 'nothing' },
          target: { type: 'AverageValue', averageValue: '5' },
        },
      },
    ],
  },
};

/** ScaledObjects, and autoscalers with and without them. */
export const autoscaling = {
  name: 'autoscaling',
  steps: [
    {
      run: 'apply -f -',
      input: deploymentOf({ name: 'prometheus', script: PROMETHEUS }),
    },
    { run: 'apply -f -', input: service },
    { run: 'apply -f -', input: deploymentOf({ name: 'odds' }) },
    {
      run: 'wait deployment/prometheus deployment/odds --for=condition=Available --timeout=40s',
    },
    { run: 'apply -f -', input: scaledObject },
    { run: 'apply -f -', input: autoscaler },
    { run: 'wait scaledobject/odds --for=condition=Ready --timeout=30s' },
    { run: 'get deployment odds', until: /2\/2/ },
    { run: 'get scaledobject', until: /True +True/ },
    {
      run: 'get scaledobject odds -o yaml',
      until: /type: HPAActive/,
      patienceMs: 45_000,
    },
    { run: 'describe scaledobject odds', rewrite: repeated() },
    { run: 'get hpa keda-hpa-odds', until: /70\/70 / },
    { run: 'get hpa keda-hpa-odds -o yaml' },
    { run: 'describe hpa keda-hpa-odds', rewrite: unreached() },
    { run: 'describe deployment odds' },
    {
      run: 'describe hpa alone',
      until: /FailedGetExternalMetric/,
      rewrite: [...unreached(), ...counted()],
    },
    { run: 'get hpa', anyOrder: true },
    { run: 'get --raw /apis/external.metrics.k8s.io/v1beta1', anywhere: true },
    { run: 'annotate scaledobject odds autoscaling.keda.sh/paused-replicas=1' },
    { run: 'get scaledobject odds', until: /True *[\w/: -]*$/m },
    {
      run: 'apply -f -',
      input: { ...scaledObject, metadata: { name: 'second' } },
    },
    {
      run: 'apply -f -',
      input: {
        ...scaledObject,
        spec: { ...scaledObject.spec, triggers: [{ type: 'prometheus' }] },
      },
    },
    {
      run: 'autoscale deployment prometheus --min=1 --max=2 --cpu-percent=50 --name=made',
    },
    { run: 'delete scaledobject odds' },
    { run: 'delete hpa alone made' },
    { run: 'get hpa', until: /No resources/ },
  ],
};

/** How often it is said depends on how often the operator looks and writes. */
function repeated() {
  return [
    {
      pattern:
        /(?<line>\n +Normal +(KEDAScalerInfo|ScaledObjectReady) .*)\k<line>+/g,
      replacement: '$<line>',
    },
    { pattern: / *\(x\d+ over <age>\)/g, replacement: '' },
  ];
}

/** Here an autoscaler looks more often until it has read its metric. */
function counted() {
  return [{ pattern: / *\(x\d+ over <age>\)/g, replacement: '' }];
}

/** A metrics server that is slow for a moment is no matter of kubectl. */
function unreached() {
  return [
    {
      pattern:
        /^ +Warning .*(server is currently unable|unable to get external metric \S+\/s0-prometheus).*\n/gm,
      replacement: '',
    },
  ];
}
