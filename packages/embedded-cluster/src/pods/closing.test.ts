import { setTimeout as sleep } from 'node:timers/promises';
import { IMAGE, isReady, TestNode } from './__testUtils__/TestNode';

jest.setTimeout(30_000);

const STUBBORN = `
  process.on('SIGTERM', () => undefined);
  setInterval(() => undefined, 1000);
  console.log('up');
`;
const QUICK = `
  process.on('SIGTERM', () => setTimeout(() => process.exit(0), 20));
  setInterval(() => undefined, 1000);
  console.log('up');
`;

describe('a kubelet that ends', () => {
  const node = new TestNode();

  beforeEach(async () => {
    node.log.length = 0;
    await node.images.push(IMAGE, [[{ name: 'app', type: 'directory' }]]);
    await node.start();
  });

  afterEach(() => node.close());

  async function closeWith(
    program: string,
    terminationGracePeriodSeconds: number,
  ): Promise<number> {
    node.runPod(
      'one',
      { command: ['node', '-e', program] },
      { terminationGracePeriodSeconds },
    );
    await node.until('one', isReady);
    // Before it has said so, it knows nothing of signals.
    while (!(await node.logs('one')).includes('up')) {
      await sleep(10);
    }
    const started = performance.now();
    await node.stop();
    return performance.now() - started;
  }

  it('waits for a pod as long as its grace period, and says that it killed it', async () => {
    const took = await closeWith(STUBBORN, 1);
    expect(took).toBeGreaterThan(900);
    expect(node.log).toEqual(
      expect.arrayContaining([
        'ends its pods: each has its grace period for that, and at most 2 s',
        'pod default/one was still there 1 s after SIGTERM and was killed',
      ]),
    );
  });

  it('does not wait as long as a grace period that is longer than it may', async () => {
    expect(await closeWith(STUBBORN, 30)).toBeLessThan(20_000);
    expect(node.log).toContain(
      'pod default/one was still there 2 s after SIGTERM and was killed',
    );
  });

  it('does not wait for a pod that has ended', async () => {
    await closeWith(QUICK, 30);
    expect(node.log.join('\n')).not.toContain('was killed');
  });
});
