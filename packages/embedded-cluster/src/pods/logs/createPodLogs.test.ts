import { IMAGE, isReady, TestNode } from '../__testUtils__/TestNode';

jest.setTimeout(30_000);

describe('createPodLogs', () => {
  const node = new TestNode();
  const say = (text: string) => ({
    image: IMAGE,
    command: [
      'node',
      '-e',
      `console.log('${text}'); console.error('${text} aside'); setInterval(() => undefined, 1000)`,
    ],
  });

  beforeAll(async () => {
    await node.images.push(IMAGE, [[{ name: 'app', type: 'directory' }]]);
    await node.start();
    node.runPod('one', say('one'));
    node.runPod('many', say('main'), {
      initContainers: [
        { name: 'init', image: IMAGE, command: ['node', '-e', ''] },
      ],
      containers: [
        { name: 'main', ...say('main') },
        { name: 'other', ...say('other') },
      ],
    });
    node.runPod('waiting', say('x'), {
      containers: [
        {
          name: 'main',
          ...say('x'),
          env: [
            {
              name: 'A',
              valueFrom: { secretKeyRef: { name: 'absent', key: 'a' } },
            },
          ],
        },
      ],
    });
    await node.until('one', isReady);
    await node.until('many', isReady);
    await node.until(
      'waiting',
      ({ status }) =>
        status.containerStatuses[0]?.state.waiting?.reason ===
        'CreateContainerConfigError',
    );
  });

  afterAll(() => node.close());

  async function untilSaid(pod: string, text: string, container?: string) {
    for (;;) {
      const said = await node.logs(
        pod,
        container === undefined ? {} : { container },
      );
      if (said.includes(text)) {
        return said;
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  it('gives both streams of the only container', async () => {
    const lines = (await untilSaid('one', 'one aside')).trim().split('\n');
    expect(lines.sort()).toEqual(['one', 'one aside']);
  });

  it('gives the container that is asked for', async () => {
    expect(await untilSaid('many', 'other aside', 'other')).toMatch(/^other/);
    expect(await node.logs('many', { container: 'init' })).toBe('');
  });

  it.each<
    [{ pod: string; container?: string; previous?: boolean }, number, string]
  >([
    [
      { pod: 'one', container: 'none' },
      400,
      'container none is not valid for pod one',
    ],
    [
      { pod: 'one', previous: true },
      400,
      'previous terminated container "main" in pod "one" not found',
    ],
    [
      { pod: 'many' },
      400,
      'a container name must be specified for pod many, choose one of: [main other] or one of the init containers: [init]',
    ],
    [
      { pod: 'waiting' },
      400,
      'container "main" in pod "waiting" is waiting to start: CreateContainerConfigError',
    ],
    [{ pod: 'none' }, 404, 'pods "none" not found'],
  ])('refuses %j as the API server does', async (request, code, message) => {
    await expect(node.logs(request.pod, request)).rejects.toMatchObject({
      code,
      message,
    });
  });

  it('follows a container to its end', async () => {
    await untilSaid('one', 'one aside');
    const reading = (async () => {
      let text = '';
      for await (const chunk of node.running.kubelet.logs.read(
        { namespace: 'default', pod: 'one', follow: true, tailLines: 1 },
        new AbortController().signal,
      )) {
        text += chunk;
      }
      return text;
    })();
    node.delete('one');
    expect(await reading).toMatch(/^one/);
  });
});
