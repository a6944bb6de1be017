import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { IMAGE, TestNode } from './__testUtils__/TestNode';

jest.setTimeout(30_000);

describe('a node that cannot write a log', () => {
  it('lets the pod be deleted all the same', async () => {
    const node = new TestNode();
    await node.images.push(IMAGE, [[{ name: 'app', type: 'directory' }]]);
    await node.start();
    try {
      const logs = join(node.directory, 'node', 'logs');
      rmSync(logs, { recursive: true });
      writeFileSync(logs, '');
      node.runPod('a', { command: ['node', '-e', '1'] });
      await sleep(500);
      node.delete('a');
      for (let tries = 0; node.pod('a') !== undefined && tries < 50; tries++) {
        await sleep(100);
      }
      expect(node.pod('a')).toBeUndefined();
    } finally {
      await node.stop();
    }
  });
});
