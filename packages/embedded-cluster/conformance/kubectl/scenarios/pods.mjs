import { podOf, SERVER } from '../manifests/pod.mjs';

const server = podOf({ name: 'server', script: SERVER });
const once = podOf({
  name: 'once',
  script: 'for (let i = 1; i <= 5; i++) console.log(`line ${i}`)',
  restartPolicy: 'Never',
});
const slow = podOf({
  name: 'slow',
  script:
    "let n = 0; setInterval(() => { console.log('tick', ++n); if (n === 3) process.exit(3) }, 400)",
  restartPolicy: 'Never',
});
const crashing = podOf({
  name: 'crashing',
  script: "console.log('about to fail'); process.exit(7)",
});

/** Fails the first time, and runs from then on. */
const RESTARTED = [
  "const { existsSync, writeFileSync } = require('fs');",
  "if (existsSync('/state/seen')) { console.log('again'); setInterval(() => {}, 1000) }",
  "else { writeFileSync('/state/seen', ''); console.log('about to fail'); process.exit(7) }",
].join('');
const restarted = podOf({
  name: 'restarted',
  script: RESTARTED,
  volumes: [{ name: 'state', emptyDir: {} }],
});
restarted.spec.containers[0].volumeMounts = [
  { name: 'state', mountPath: '/state' },
];

/** Single pods: states, logs, restarts, events. */
export const pods = {
  name: 'pods',
  steps: [
    { run: 'apply -f -', input: server },
    { run: 'apply -f -', input: crashing },
    { run: 'apply -f -', input: restarted },
    { run: 'apply -f -', input: once },
    { run: 'wait pod/server --for=condition=Ready --timeout=30s' },
    { run: 'get pod server -o wide' },
    { run: 'get pod server -o yaml' },
    { run: 'describe pod server', until: /Started/ },
    {
      run: 'wait pod/once --for=jsonpath={.status.phase}=Succeeded --timeout=30s',
    },
    { run: 'get pod once' },
    { run: 'describe pod once' },
    { run: 'logs once' },
    { run: 'logs once --tail=2' },
    { run: 'logs once --tail=1 --timestamps' },
    { run: 'logs once --limit-bytes=6' },
    { run: 'logs once -c absent' },
    { run: 'logs once --previous' },
    { run: 'logs -l app=once --prefix --tail=1' },
    { run: 'logs absent' },
    { run: 'apply -f -', input: slow },
    {
      run: 'wait pod/slow --for=condition=PodReadyToStartContainers --timeout=30s',
    },
    {
      run: 'logs -f slow',
      until: /tick 3/,
      // kubectl says so and tries again, where the container takes a moment.
      rewrite: [
        {
          pattern:
            /^container "main" in pod "slow" is waiting to start: .*\n/gm,
          replacement: '',
        },
      ],
    },
    { run: 'get pod slow', until: /Error/ },
    {
      run: 'get pod slow -o jsonpath={.status.containerStatuses[0].state.terminated.exitCode}',
    },
    { run: 'get pod restarted', until: /1\/1 +Running +1/ },
    { run: 'logs restarted --previous' },
    { run: 'logs restarted' },
    { run: 'describe pod restarted' },
    {
      run: 'get pod crashing',
      until: /0\/1 +\S+ +[1-9]/,
      rewrite: backingOff(),
    },
    {
      run: 'events --for pod/crashing',
      until: /Back-off/,
      anyOrder: true,
      rewrite: backingOff(),
    },
    {
      run: 'get pods --field-selector=status.phase=Running',
      until: /0\/1/,
      rewrite: backingOff(),
    },
    { run: 'get pods --field-selector=metadata.name=once -o name' },
    { run: 'get pods --field-selector=status.absent=x' },
    { run: 'get pods -l app=server --show-labels' },
    { run: ['get', 'pods', '-l', 'app in (server,once)', '-o', 'name'] },
    { run: ['get', 'pods', '-l', 'app notin'] },
    {
      run: 'get pods --all-namespaces -l app=server --field-selector=metadata.namespace={namespace}',
      anywhere: true,
    },
    {
      run: 'get pods -o custom-columns=NAME:.metadata.name,PHASE:.status.phase --sort-by=.metadata.name',
    },
    {
      run: [
        'get',
        'pods',
        '-o',
        'jsonpath={range .items[*]}{.metadata.name}{"\\t"}{.status.qosClass}{"\\n"}{end}',
      ],
    },
    {
      run: [
        'get',
        'pods',
        '-o',
        'go-template={{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}',
      ],
    },
    { run: 'get pods once server --no-headers' },
    { run: 'get pods once absent' },
    { run: 'get pod/once configmap/kube-root-ca.crt' },
    { run: 'events --for pod/once', anyOrder: true },
    {
      run: 'get events --field-selector=involvedObject.name=once',
      anyOrder: true,
    },
    {
      run: 'get events --field-selector=reason=Started,involvedObject.name=server -o yaml',
      anyOrder: true,
    },
    {
      run: [
        'patch',
        'pod',
        'server',
        '-p',
        '{"spec":{"containers":[{"name":"main","image":"node:21"}]}}',
        '--dry-run=server',
      ],
    },
    {
      run: [
        'patch',
        'pod',
        'server',
        '-p',
        '{"spec":{"nodeName":"elsewhere"}}',
      ],
    },
    { run: 'delete pod once --wait=false' },
    { run: 'delete pod server --timeout=20s' },
    { run: 'delete pod crashing slow restarted --grace-period=0 --force' },
    { run: 'get pods', until: /No resources/ },
    {
      run: 'run quick --image=node:22-slim --restart=Never --command -- node -e console.log(42)',
    },
    {
      run: 'wait pod/quick --for=jsonpath={.status.phase}=Succeeded --timeout=30s',
    },
    { run: 'logs quick' },
    { run: 'get pod quick -o yaml' },
  ],
};

/** How far a pod has come that starts again and again is a matter of the moment. */
function backingOff() {
  return [
    {
      pattern: /0\/1 +(Error|CrashLoopBackOff) +\d \(<age> ago\)/,
      replacement: '0/1 <waits>',
    },
    { pattern: / *\(x\d+ over <age>\)/g, replacement: '' },
    { pattern: /back-off <age>/g, replacement: 'back-off' },
  ];
}
