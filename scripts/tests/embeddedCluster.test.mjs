import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { isRunning } from '../setup/isRunning.mjs';
import { root } from '../setup/paths.mjs';
import { EmbeddedCluster } from '../start/EmbeddedCluster.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'embedded-'));
after(() => rmSync(scratch, { recursive: true }));

function program(name, source) {
  const file = join(scratch, `${name}.cjs`);
  writeFileSync(file, source);
  return file;
}

/** Says that it is ready, with its arguments, and ends with its parent. */
const STEADY = program(
  'steady',
  `process.on('disconnect', () => process.exit(0));
   process.send({ ready: { pid: process.pid, args: process.argv.slice(2) } });
   setInterval(() => {}, 1000);`,
);

function cluster(over = {}) {
  const said = [];
  const made = new EmbeddedCluster({
    node: { binary: process.execPath },
    env: process.env,
    directory: join(scratch, 'state'),
    namespaces: ['betting'],
    logFile: join(scratch, `${Math.random()}.log`),
    say: line => said.push(line),
    program: STEADY,
    ...over,
  });
  return { made, said };
}

async function until(check) {
  for (let tries = 0; tries < 100; tries++) {
    if (check()) {
      return;
    }
    await sleep(50);
  }
  assert.fail(`not within 5 s: ${check}`);
}

describe('the embedded cluster of npm start', () => {
  test('is told its folder, namespaces and git host', async () => {
    const { made } = cluster({
      gitHost: {
        port: 7008,
        directory: '/repositories',
        owner: 'sportsbook',
        username: 'u',
        passwordFile: '/password',
      },
    });
    const { args } = await made.start();
    await made.stop();
    assert.deepEqual(args, [
      ...['--directory', join(scratch, 'state'), '--namespace', 'betting'],
      ...['--git-port', '7008', '--git-directory', '/repositories'],
      ...['--git-owner', 'sportsbook', '--git-username', 'u'],
      ...['--git-password-file', '/password'],
    ]);
  });

  test('is started again when it ends by itself, and not when it was asked to end', async () => {
    const { made, said } = cluster();
    const { pid } = await made.start();
    process.kill(pid, 'SIGKILL');
    await until(() => said.length === 1);
    assert.match(said[0], /ended \(137\) and is started again/);
    await sleep(1_500);
    await made.stop();
    assert.equal(said.length, 1);
  });

  test('that cannot start says why', async () => {
    const { made } = cluster({
      program: program('refusing', `process.send({ failed: 'in use' });`),
    });
    await assert.rejects(made.start(), /^Error: in use$|in use/);
    const broken = cluster({
      program: program('broken', `throw new Error('no such thing');`),
    });
    await assert.rejects(
      broken.made.start(),
      /ended \(1\) before it answered[\s\S]*no such thing/,
    );
  });

  test('ends with npm start, also when that is killed', async () => {
    const pidFile = join(scratch, 'pid');
    const starter = program(
      'starter',
      `import(${JSON.stringify(
        pathToFileURL(join(root, 'scripts/start/EmbeddedCluster.mjs')).href,
      )}).then(async ({ EmbeddedCluster }) => {
         const made = new EmbeddedCluster({
           node: { binary: process.execPath },
           env: process.env,
           directory: '/nowhere',
           namespaces: [],
           logFile: ${JSON.stringify(join(scratch, 'starter.log'))},
           say: () => {},
           program: ${JSON.stringify(STEADY)},
         });
         const { pid } = await made.start();
         require('node:fs').writeFileSync(${JSON.stringify(
           pidFile,
         )}, String(pid));
         setInterval(() => {}, 1000);
       });`,
    );
    const child = spawn(process.execPath, [starter], { stdio: 'ignore' });
    let pid;
    await until(() => {
      try {
        pid = Number(readFileSync(pidFile, 'utf8'));
      } catch {
        return false;
      }
      return pid > 0;
    });
    assert.equal(isRunning(pid), true);
    child.kill('SIGKILL');
    await until(() => !isRunning(pid));
  });

  test('and the backend end with npm start as well', async () => {
    const child = spawn(
      process.execPath,
      [
        '--require',
        join(root, 'scripts/start/endWithParent.cjs'),
        '-e',
        'setInterval(() => {}, 1000); process.send(1)',
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
    );
    await new Promise(up => child.once('message', up));
    child.disconnect();
    await new Promise(ended => child.once('exit', ended));
  });
});
