import { setTimeout as sleep } from 'node:timers/promises';
import { createMockDirectory } from '../../__testUtils__/createMockDirectory';
import { processGroupMemoryMegabytes } from './processGroupMemory';
import { LimitedCommand, runLimited } from './runLimited';

describe('runLimited', () => {
  const directory = createMockDirectory();
  const run = (script: string, options: Partial<LimitedCommand> = {}) =>
    runLimited({
      title: 'the script',
      command: process.execPath,
      args: ['-e', script],
      cwd: directory.path,
      env: { PATH: process.env.PATH ?? '' },
      memoryMegabytes: 1000,
      signal: new AbortController().signal,
      ...options,
    });
  it('returns the last 40 lines, of both streams, without secrets', async () => {
    const lines = await run(
      `for (let i = 0; i < 50; i++) console.log('line ' + i + ' s3cr3t')`,
      { secrets: ['s3cr3t'] },
    );
    expect(lines).toHaveLength(40);
    expect(lines[39]).toBe('line 49 ***');
    expect(await run(`console.error('to stderr')`)).toEqual(['to stderr']);
  });

  it('fails with the exit code and the line that says most', async () => {
    await expect(
      run(
        `console.log('Error: no such thing'); console.log('bye'); process.exit(4)`,
      ),
    ).rejects.toMatchObject({
      name: 'ImageBuildError',
      message: expect.stringMatching(
        /^the script ended with exit code 4: Error: no such thing\./,
      ),
      lastLines: ['Error: no such thing', 'bye'],
    });
  });

  it('names a command that is not there', async () => {
    await expect(run('', { command: 'no-such-program' })).rejects.toThrow(
      /the script could not be started: .*'no-such-program' must be on the PATH/,
    );
  });

  it('ends the children of its child, even such as ignore the first signal', async () => {
    const controller = new AbortController();
    const ignoring = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;
    const running = run(
      `${ignoring}
       require('child_process').spawn(process.execPath, ['-e', \`${ignoring}\`], { stdio: 'inherit' });
       require('fs').writeFileSync('group.txt', String(process.pid));`,
      { signal: controller.signal },
    );
    let group = 0;
    while (group === 0) {
      await sleep(50);
      group = Number(Object(directory.content())['group.txt'] ?? 0);
    }
    expect(await processGroupMemoryMegabytes(group)).toBeGreaterThan(10);
    controller.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
    expect(await processGroupMemoryMegabytes(group)).toBe(0);
  });

  it('leaves no process behind that a successful child has started', async () => {
    const [group] = await run(
      `const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
       child.unref(); console.log(process.pid);
       child.once('spawn', () => process.exit(0));`,
    );
    expect(await processGroupMemoryMegabytes(Number(group))).toBe(0);
  });

  it('does not start when it is aborted already', async () => {
    await expect(
      run(`require('fs').writeFileSync('started', '')`, {
        signal: AbortSignal.abort(new Error('cancelled')),
      }),
    ).rejects.toThrow('cancelled');
    expect(directory.content()).not.toHaveProperty('started');
  });
});
