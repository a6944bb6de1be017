import { setTimeout as sleep } from 'node:timers/promises';
import {
  condition,
  IMAGE,
  isReady,
  mainStatus,
  TestNode,
} from './__testUtils__/TestNode';

// Processes are started, and one test waits for a grace period.
jest.setTimeout(30_000);

const SERVER = `
  const http = require('node:http');
  const server = http.createServer((request, response) => {
    response.end(process.env.POD_NAME + ' ' + request.url);
  });
  server.listen(8080, () => console.log('listening on', server.address().port));
  process.on('SIGTERM', () => {
    console.log('told to end');
    server.close(() => process.exit(0));
  });
`;
const STUBBORN = `
  process.on('SIGTERM', () => console.log('not yet'));
  setInterval(() => undefined, 1000);
  console.log('up');
`;
const POD_NAME = {
  name: 'POD_NAME',
  valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
};

function script(text: string): { command: string[] } {
  return { command: ['node', '-e', text] };
}

describe('createKubelet', () => {
  const node = new TestNode();
  const server = {
    command: ['node', 'server.js'],
    env: [POD_NAME],
    securityContext: { readOnlyRootFilesystem: true },
    ports: [{ name: 'http', containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
  };

  beforeAll(async () => {
    await node.images.push(IMAGE, [
      [
        { name: 'app', type: 'directory' },
        { name: 'app/server.js', content: SERVER },
        { name: 'app/stubborn.js', content: STUBBORN },
      ],
    ]);
    await node.start();
  });

  afterAll(() => node.close());

  it('registers the node and says what it is', () => {
    const { objects } = node.running;
    expect(objects.get(node.type('v1', 'Node'), { name: 'embedded' })).toEqual(
      expect.objectContaining({
        status: expect.objectContaining({
          addresses: expect.arrayContaining([
            { address: '127.0.0.1', type: 'InternalIP' },
          ]),
          conditions: expect.arrayContaining([
            expect.objectContaining({ type: 'Ready', status: 'True' }),
          ]),
          nodeInfo: expect.objectContaining({
            kubeletVersion: 'v1.36.3+embedded',
            containerRuntimeVersion: `node-process://${process.versions.node}`,
          }),
        }),
      }),
    );
  });

  it('runs two pods that both listen on 8080 and answers at their addresses', async () => {
    node.runPod('one', server);
    node.runPod('two', server);
    const pods = [
      await node.until('one', isReady),
      await node.until('two', isReady),
    ];
    const answers = await Promise.all(
      pods.map(async ({ status }) => {
        const url = `http://${status.podIP}:8080/x`;
        return (await node.running.network.fetch(url)).text();
      }),
    );
    expect(answers).toEqual(['one /x', 'two /x']);
    expect(pods[0].status.phase).toBe('Running');
    expect(mainStatus(pods[0])).toMatchObject({
      restartCount: 0,
      started: true,
      ready: true,
    });
    expect(node.events('one').filter(text => !/Unhealthy/.test(text))).toEqual([
      'Normal Scheduled: Successfully assigned default/one to embedded',
      expect.stringMatching(/^Normal Pull/),
      expect.stringMatching(/^Normal Pulled|^Normal Created/),
      ...(node.events('one').some(text => /Pulling/.test(text))
        ? ['Normal Created: Container created']
        : []),
      'Normal Started: Container started',
    ]);
    expect(await node.logs('one')).toBe('listening on 8080\n');
  });

  it('ends a pod with SIGTERM and removes it when its process is gone', async () => {
    node.runPod('ending', server);
    const { status } = await node.until('ending', isReady);
    node.delete('ending');
    await node.untilGone('ending');
    expect(node.events('ending')).toContain(
      'Normal Killing: Stopping container main',
    );
    expect(node.running.network.dialPod(status.podIP ?? '', 8080).status).toBe(
      'unknown',
    );
  });

  it('waits for preStop and kills what does not end within its grace period', async () => {
    node.runPod('stubborn', {
      command: ['node', '/app/stubborn.js'],
      lifecycle: { preStop: { sleep: { seconds: 1 } } },
    });
    await node.until('stubborn', isReady);
    while (!(await node.logs('stubborn')).includes('up')) {
      await sleep(20);
    }
    const begun = Date.now();
    node.delete('stubborn', 3);
    const { metadata } = await node.until('stubborn', pod => {
      return pod.metadata.deletionTimestamp !== undefined;
    });
    expect(metadata.deletionGracePeriodSeconds).toBe(3);
    await sleep(1_500);
    expect(await node.logs('stubborn')).toBe('up\nnot yet\n');
    await node.untilGone('stubborn');
    expect(Date.now() - begun).toBeGreaterThanOrEqual(2_900);
  });

  it('ends a pod earlier when it is deleted again with less patience', async () => {
    node.runPod(
      'impatient',
      { command: ['node', 'stubborn.js'] },
      {
        terminationGracePeriodSeconds: 60,
      },
    );
    await node.until('impatient', isReady);
    const begun = Date.now();
    node.delete('impatient');
    await node.until(
      'impatient',
      pod => pod.metadata.deletionGracePeriodSeconds === 60,
    );
    node.delete('impatient', 1);
    await node.untilGone('impatient');
    expect(Date.now() - begun).toBeLessThan(10_000);
  });

  it('starts a killed process again at once, and later and later when it goes on crashing', async () => {
    node.runPod('killed', server);
    await node.until('killed', isReady);
    killOf(node, 'killed');
    const again = await node.until(
      'killed',
      pod => isReady(pod) && mainStatus(pod).restartCount === 1,
    );
    expect(mainStatus(again).lastState.terminated).toMatchObject({
      exitCode: 137,
      reason: 'Error',
    });
    killOf(node, 'killed');
    const waiting = await node.until(
      'killed',
      pod => mainStatus(pod).state.waiting?.reason === 'CrashLoopBackOff',
    );
    expect(mainStatus(waiting).state.waiting?.message).toBe(
      `back-off 10s restarting failed container=main pod=killed_default(${waiting.metadata.uid})`,
    );
    expect(waiting.status.phase).toBe('Running');
    expect(condition(waiting, 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [main]',
    });
    expect(node.events('killed')).toContain(
      `Warning BackOff: Back-off restarting failed container main in pod killed_default(${waiting.metadata.uid})`,
    );
    expect(await node.logs('killed', { previous: true })).toBe(
      'listening on 8080\n',
    );
  });

  it('succeeds and fails with programs that are not to be started again', async () => {
    const spec = { restartPolicy: 'Never' };
    node.runPod('well', script('console.log("done")'), spec);
    node.runPod('ill', script('process.exit(3)'), spec);
    const well = await node.until(
      'well',
      pod => pod.status.phase === 'Succeeded',
    );
    const ill = await node.until('ill', pod => pod.status.phase === 'Failed');
    expect(mainStatus(well).state.terminated).toMatchObject({
      exitCode: 0,
      reason: 'Completed',
    });
    expect(condition(well, 'Ready')).toMatchObject({
      status: 'False',
      reason: 'PodCompleted',
    });
    expect(mainStatus(ill).state.terminated).toMatchObject({
      exitCode: 3,
      reason: 'Error',
    });
    expect(await node.logs('well')).toBe('done\n');
    node.delete('well');
    await node.untilGone('well');
  });

  it('runs init containers in order before the others', async () => {
    const say = (name: string) => ({
      name,
      image: IMAGE,
      ...script(
        `require('node:fs').appendFileSync('/shared/order', '${name} ')`,
      ),
      volumeMounts: [{ name: 'shared', mountPath: '/shared' }],
    });
    node.runPod(
      'ordered',
      {
        ...script(
          `console.log(require('node:fs').readFileSync('/shared/order', 'utf8'))`,
        ),
        volumeMounts: [
          { name: 'shared', mountPath: '/shared', readOnly: true },
        ],
      },
      {
        restartPolicy: 'Never',
        initContainers: [say('first'), say('second')],
        volumes: [{ name: 'shared', emptyDir: {} }],
      },
    );
    const pod = await node.until(
      'ordered',
      ({ status }) => status.phase === 'Succeeded',
    );
    expect(await node.logs('ordered', { container: 'main' })).toBe(
      'first second \n',
    );
    expect(condition(pod, 'Initialized')).toMatchObject({
      status: 'True',
      reason: 'PodCompleted',
    });
  });

  it('runs an init container that stays beside the others, and ends it after them', async () => {
    node.runPod('helped', script('setTimeout(() => undefined, 300)'), {
      restartPolicy: 'Never',
      initContainers: [
        {
          name: 'helper',
          image: IMAGE,
          restartPolicy: 'Always',
          ...script('setInterval(() => undefined, 1000)'),
        },
      ],
    });
    const beside = await node.until(
      'helped',
      pod => mainStatus(pod)?.state.running !== undefined,
    );
    expect(beside.status.initContainerStatuses[0]).toMatchObject({
      started: true,
      ready: true,
    });
    const pod = await node.until(
      'helped',
      ({ status }) => status.phase === 'Succeeded',
    );
    expect(pod.status.initContainerStatuses[0].state).toMatchObject({
      terminated: { exitCode: 143 },
    });
  });

  it('fails a pod that was active for longer than it may', async () => {
    node.runPod('late', script('setInterval(() => undefined, 1000)'), {
      activeDeadlineSeconds: 1,
    });
    const pod = await node.until(
      'late',
      ({ status }) => status.phase === 'Failed',
    );
    expect(mainStatus(pod).state.terminated).toMatchObject({ exitCode: 143 });
    expect(
      node.running.objects.get(node.type('v1', 'Pod'), {
        namespace: 'default',
        name: 'late',
      }).status,
    ).toMatchObject({
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    });
  });

  it('ends a container that takes more memory than it may', async () => {
    node.runPod(
      'greedy',
      {
        ...script(
          `const kept = []; setInterval(() => kept.push(Buffer.alloc(2e7, 1)), 20)`,
        ),
        resources: { limits: { memory: '200Mi' } },
      },
      { restartPolicy: 'Never' },
    );
    const pod = await node.until(
      'greedy',
      ({ status }) => status.phase === 'Failed',
    );
    expect(mainStatus(pod).state.terminated).toMatchObject({
      exitCode: 137,
      reason: 'OOMKilled',
    });
  });

  it('starts a container again that fails its liveness probe', async () => {
    node.runPod('dead', {
      command: ['node', 'server.js'],
      livenessProbe: {
        tcpSocket: { port: 9999 },
        periodSeconds: 1,
        failureThreshold: 2,
      },
    });
    await node.until('dead', pod => mainStatus(pod)?.restartCount > 0);
    expect(node.events('dead')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^Warning Unhealthy: Liveness probe failed: dial tcp 10\.42\.\d+\.\d+:9999: connect: connection refused$/,
        ),
        'Normal Killing: Container main failed liveness probe, will be restarted',
      ]),
    );
  });

  it('says that no node has the labels that a pod asks for', async () => {
    node.runPod('picky', server, { nodeSelector: { disk: 'ssd' } });
    const pod = await node.until(
      'picky',
      candidate => condition(candidate, 'PodScheduled')?.status === 'False',
    );
    expect(pod.status.phase).toBe('Pending');
    expect(condition(pod, 'PodScheduled')).toMatchObject({
      reason: 'Unschedulable',
      message: expect.stringMatching(
        /^0\/1 nodes are available: 1 node\(s\) didn't match/,
      ),
    });
    expect(node.events('picky')).toEqual([
      expect.stringMatching(/^Warning FailedScheduling: 0\/1 nodes/),
    ]);
    expect(await node.logs('picky')).toBe('');
  });

  it('waits for an image that is absent, and says so', async () => {
    node.runPod('imageless', { ...server, image: 'example.org/none:1' });
    await node.until(
      'imageless',
      pod => mainStatus(pod)?.state.waiting?.reason === 'ErrImagePull',
    );
    const pod = await node.until(
      'imageless',
      candidate =>
        mainStatus(candidate).state.waiting?.reason === 'ImagePullBackOff',
    );
    expect(mainStatus(pod).state.waiting?.message).toBe(
      'Back-off pulling image "example.org/none:1": ErrImagePull: example.org/none:1: not found',
    );
    await expect(node.logs('imageless')).rejects.toMatchObject({
      code: 400,
      message:
        'container "main" in pod "imageless" is waiting to start: trying and failing to pull image',
    });
  });

  it('refuses an image that is not made for Node, with the next step', async () => {
    await node.images.push('example.org/nginx:1', [[{ name: 'nginx' }]], {
      env: [],
      labels: {},
    });
    node.runPod('foreign', { image: 'example.org/nginx:1' });
    const pod = await node.until(
      'foreign',
      candidate =>
        mainStatus(candidate)?.state.waiting?.reason === 'CreateContainerError',
    );
    expect(mainStatus(pod).state.waiting?.message).toMatch(
      /^image "example.org\/nginx:1" is not made for Node: .*Build it on node:22-slim/,
    );
  });

  it('refuses programs other than node', async () => {
    node.runPod(
      'shell',
      { command: ['sh', '-c', 'echo hello'] },
      { restartPolicy: 'Never' },
    );
    const pod = await node.until(
      'shell',
      ({ status }) => status.phase === 'Failed',
    );
    expect(mainStatus(pod).state.terminated).toMatchObject({
      exitCode: 128,
      reason: 'StartError',
      message: expect.stringContaining('it has no shell'),
    });
  });

  it('starts a container as soon as the ConfigMap that it names is there', async () => {
    node.runPod(
      'configured',
      {
        ...script('console.log(process.env.GREETING)'),
        env: [
          {
            name: 'GREETING',
            valueFrom: { configMapKeyRef: { name: 'greetings', key: 'first' } },
          },
        ],
      },
      { restartPolicy: 'Never' },
    );
    const waiting = await node.until(
      'configured',
      pod =>
        mainStatus(pod)?.state.waiting?.reason === 'CreateContainerConfigError',
    );
    expect(mainStatus(waiting).state.waiting?.message).toBe(
      'configmap "greetings" not found',
    );
    node.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'greetings', namespace: 'default' },
      data: { first: 'good morning' },
    });
    await node.until(
      'configured',
      ({ status }) => status.phase === 'Succeeded',
    );
    expect(await node.logs('configured')).toBe('good morning\n');
  });

  it('gives files of ConfigMaps, Secrets, tokens and the pod itself, and keeps them up to date', async () => {
    node.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'default' },
      data: { 'a.txt': 'first' },
    });
    node.runPod(
      'files',
      {
        ...script(`
          const fs = require('node:fs');
          setInterval(() => console.log(fs.readFileSync('/etc/settings/a.txt', 'utf8'),
            fs.readFileSync('/etc/pod/labels', 'utf8'),
            fs.readFileSync('/var/run/secrets/kubernetes.io/serviceaccount/token', 'utf8')), 50);
        `),
        volumeMounts: [
          { name: 'settings', mountPath: '/etc/settings' },
          { name: 'pod', mountPath: '/etc/pod' },
        ],
      },
      {
        volumes: [
          { name: 'settings', configMap: { name: 'settings' } },
          {
            name: 'pod',
            downwardAPI: {
              items: [
                {
                  path: 'labels',
                  fieldRef: { fieldPath: 'metadata.labels' },
                },
              ],
            },
          },
        ],
      },
    );
    const said = async (text: string) => {
      for (let tries = 0; tries < 200; tries += 1) {
        if ((await node.logs('files').catch(() => '')).includes(text)) {
          return true;
        }
        await sleep(25);
      }
      return false;
    };
    expect(await said('first app="files" a.b.c')).toBe(true);
    node.running.objects.patch(
      node.type('v1', 'ConfigMap'),
      { namespace: 'default', name: 'settings' },
      { type: 'merge', body: { data: { 'a.txt': 'second' } } },
      { manager: 'test' },
    );
    expect(await said('second app="files" a.b.c')).toBe(true);
  });

  it('believes no port that there is not', async () => {
    const told = [
      { listening: { port: 8080, real: 99_999_999 } },
      { listening: { port: 8081.5, real: 8081 } },
      { listening: { port: 0, real: 8082 } },
    ];
    const lines = told.map(line => `${JSON.stringify(line)}\n`).join('');
    node.runPod(
      'liar',
      script(
        `require('node:fs').writeSync(3, ${JSON.stringify(
          lines,
        )}); require('node:net').createServer().listen(8083)`,
      ),
    );
    const { status } = await node.until('liar', isReady);
    const { network } = node.running;
    const podIP = status.podIP ?? '';
    while (network.dialPod(podIP, 8083).status !== 'ok') {
      await sleep(10);
    }
    expect(
      [8080, 8081.5, 0].map(port => network.dialPod(podIP, port).status),
    ).toEqual(['refused', 'refused', 'refused']);
    node.delete('liar', 0);
  });

  it('ends the channel of a process that writes a line without end', async () => {
    node.runPod(
      'endless',
      script(
        `require('node:fs').writeSync(3, Buffer.alloc(65537, 'a')); setInterval(() => {}, 1000)`,
      ),
    );
    await node.until(
      'endless',
      ({ status }) => (status.containerStatuses[0]?.restartCount ?? 0) > 0,
    );
    expect(node.log).toContainEqual(
      expect.stringMatching(
        /^pod default\/endless: its process wrote a line of more than 65536 characters to descriptor 3/,
      ),
    );
    node.delete('endless', 0);
  });

  it('says which volume is missing', async () => {
    node.runPod(
      'volumeless',
      { ...server, volumeMounts: [{ name: 'v', mountPath: '/v' }] },
      { volumes: [{ name: 'v', secret: { secretName: 'absent' } }] },
    );
    await node.until('volumeless', ({ status }) => {
      return status.containerStatuses.length > 0;
    });
    await sleep(100);
    expect(node.events('volumeless')).toContain(
      'Warning FailedMount: MountVolume.SetUp failed for volume "v" : secret "absent" not found',
    );
    expect(
      condition(
        await node.until('volumeless', () => true),
        'PodReadyToStartContainers',
      ),
    ).toMatchObject({ status: 'False' });
  });
});

/** `kill -9` of the pod's process, found by what this machine runs. */
function killOf(node: TestNode, pod: string): void {
  process.kill(node.processOf(pod), 'SIGKILL');
}
