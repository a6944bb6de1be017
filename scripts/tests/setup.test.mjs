import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fingerprint } from '../setup/fingerprint.mjs';
import { withLock } from '../setup/lock.mjs';
import { needs, requireDisk } from '../setup/needs.mjs';
import { chooseNode, isRightNode } from '../setup/node.mjs';
import { npmProgram } from '../setup/npm.mjs';
import { NODE } from '../setup/pins.mjs';
import { progress } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';
import { yarnEnvironment } from '../setup/yarnEnvironment.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'setup-'));
after(() => rmSync(scratch, { recursive: true, maxRetries: 5 }));

describe('chooseNode', () => {
  test('takes the running Node when it is a 22 that loads ES modules by require', () => {
    assert.equal(isRightNode('v22.12.0'), true);
    assert.equal(isRightNode('v22.11.0'), false);
    assert.equal(isRightNode('v24.21.0'), false);
    assert.deepEqual(chooseNode({ version: 'v22.23.3' }), {
      binary: process.execPath,
      version: 'v22.23.3',
    });
  });

  test('pins a tarball for each platform that is supported', () => {
    for (const platform of ['linux', 'darwin']) {
      for (const arch of ['x64', 'arm64']) {
        const { binary, version } = chooseNode({
          version: 'v20.1.0',
          platform,
          arch,
        });
        const pin = NODE[`${platform}-${arch}`];
        assert.equal(version, `v${pin.version}`);
        assert.match(binary, /\.local\/node\/22\.23\.\d\/bin\/node$/);
        assert.match(pin.sha256, /^[0-9a-f]{64}$/);
      }
    }
  });

  test('says what to install where there is no tarball', () => {
    assert.throws(
      () =>
        chooseNode({ version: 'v20.1.0', platform: 'linux', arch: 's390x' }),
      /no prebuilt Node 22 for linux-s390x.*install Node 22\.12/,
    );
  });

  test('refuses a Node too old to run the set-up', () => {
    assert.throws(
      () => chooseNode({ version: 'v16.20.0' }),
      /needs Node 18 or later/,
    );
  });
});

describe('fingerprint', () => {
  const base = join(scratch, 'tree');
  const write = (path, text) => {
    mkdirSync(join(base, path, '..'), { recursive: true });
    writeFileSync(join(base, path), text);
  };
  const current = facts => fingerprint(base, ['src', 'absent'], facts);

  test('changes with content, names and facts, and with nothing derived', () => {
    write('src/a.ts', 'one');
    const before = current();
    assert.equal(current(), before);

    write('src/node_modules/x/index.js', 'x');
    write('src/dist/a.js', 'a');
    assert.equal(current(), before);

    assert.notEqual(current(['v22']), before);
    write('src/a.ts', 'two');
    assert.notEqual(current(), before);
    write('src/a.ts', 'one');
    assert.equal(current(), before);
    write('src/b.ts', '');
    assert.notEqual(current(), before);
  });
});

describe('withLock', () => {
  const lock = join(scratch, 'locks', 'one');

  test('lets one at a time do its work', async () => {
    let inside = 0;
    const work = async () => {
      inside += 1;
      assert.equal(inside, 1);
      await sleep(20);
      inside -= 1;
    };
    const waited = [];
    const options = { onWait: pid => waited.push(pid) };
    await Promise.all([
      withLock(lock, options, work),
      withLock(lock, options, work),
    ]);
    assert.deepEqual(waited, [process.pid]);
    assert.equal(existsSync(lock), false);
  });

  test('takes over from a holder that is gone', async () => {
    writeFileSync(lock, '999999999\n');
    assert.equal(await withLock(lock, {}, async () => 'done'), 'done');
  });

  test('is released when the work fails', async () => {
    await assert.rejects(
      withLock(lock, {}, async () => {
        throw new Error('no');
      }),
      /no/,
    );
    assert.equal(existsSync(lock), false);
  });
});

describe('yarnEnvironment', () => {
  test('gives yarn the registry, proxies and certificates of npm', () => {
    const env = yarnEnvironment(
      {
        registry: 'http://npm.example.org:4873/',
        proxy: 'http://proxy:1',
        httpsProxy: 'http://proxy:2',
        cafile: '/etc/ca.pem',
        strictSsl: false,
      },
      { PATH: '/bin' },
    );
    assert.equal(env.YARN_NPM_REGISTRY_SERVER, 'http://npm.example.org:4873');
    assert.equal(env.YARN_UNSAFE_HTTP_WHITELIST, 'npm.example.org');
    assert.equal(env.YARN_HTTP_PROXY, 'http://proxy:1');
    assert.equal(env.YARN_HTTPS_PROXY, 'http://proxy:2');
    assert.equal(env.YARN_HTTPS_CA_FILE_PATH, '/etc/ca.pem');
    assert.equal(env.NODE_EXTRA_CA_CERTS, '/etc/ca.pem');
    assert.equal(env.YARN_ENABLE_STRICT_SSL, 'false');
    assert.equal(env.PATH, '/bin');
  });

  test('takes proxies from the environment like npm, and sets nothing that is not set', () => {
    const env = yarnEnvironment(
      { registry: 'https://registry.example.org/', proxy: null, cafile: null },
      { https_proxy: 'http://proxy:3' },
    );
    assert.equal(env.YARN_HTTPS_PROXY, 'http://proxy:3');
    assert.equal('YARN_HTTP_PROXY' in env, false);
    assert.equal('YARN_HTTPS_CA_FILE_PATH' in env, false);
    assert.equal('YARN_UNSAFE_HTTP_WHITELIST' in env, false);
  });

  test('leaves what the user set for yarn itself', () => {
    const env = yarnEnvironment(
      { registry: 'https://registry.example.org/' },
      { YARN_NPM_REGISTRY_SERVER: 'https://mine.example.org' },
    );
    assert.equal(env.YARN_NPM_REGISTRY_SERVER, 'https://mine.example.org');
  });
});

test('npm is the one that runs the script, else the one on the PATH', () => {
  assert.deepEqual(npmProgram({ npm_execpath: '/n/bin/npm-cli.js' }), {
    command: process.execPath,
    prefix: ['/n/bin/npm-cli.js'],
  });
  assert.deepEqual(npmProgram({ npm_execpath: '/y/yarn.js' }), {
    command: 'npm',
    prefix: [],
  });
});

describe('needs', () => {
  test('says nothing when nothing is missing', () => {
    assert.deepEqual(needs({}), { lines: [], diskMB: 0 });
  });

  test('adds up megabytes, gigabytes and minutes before anything is done', () => {
    const { lines } = needs({
      node: NODE['linux-x64'],
      yarn: true,
      packages: true,
      build: true,
    });
    assert.match(
      lines[0],
      /up to \d+ MB to download, \d\.\d GB of disk, \d+ min/,
    );
    assert.equal(lines.length, 5);
  });

  test('refuses a disk without room', async () => {
    await assert.rejects(
      requireDisk(scratch, 1e9),
      /takes about 1000000\.0 GB, and .* are free/,
    );
    await requireDisk(scratch, 0);
  });
});

describe('run', () => {
  const node = (code, options = {}) =>
    run(process.execPath, ['-e', code], {
      what: 'Trying',
      logFile: join(scratch, 'run.log'),
      ...options,
    });

  test('returns the lines, which are also in the log', async () => {
    const seen = [];
    const lines = await node('console.log("a\\nb")', {
      onLine: line => seen.push(line),
    });
    assert.deepEqual(lines, ['a', 'b']);
    assert.deepEqual(seen, ['a', 'b']);
    assert.equal(readFileSync(join(scratch, 'run.log'), 'utf8'), 'a\nb\n');
  });

  test('fails with what failed and the end of its output', async () => {
    await assert.rejects(
      node('console.error("the reason"); process.exit(3)'),
      /Trying failed \(3\)[\s\S]*the reason/,
    );
  });

  test('names a program that is not there', async () => {
    await assert.rejects(
      run('no-such-program', [], {
        what: 'Trying',
        logFile: join(scratch, 'run.log'),
      }),
      /no program no-such-program on the PATH/,
    );
  });
});

test('progress says how a step ended, also when it failed', async () => {
  const written = [];
  const out = { write: text => written.push(text) };
  assert.equal(await progress('One', async () => 1, { out }), 1);
  await assert.rejects(
    progress('Two', () => Promise.reject(new Error('no')), { out }),
  );
  assert.deepEqual(written, [
    '  One …\n',
    '  One: done after 0 s\n',
    '  Two …\n',
    '  Two: failed after 0 s\n',
  ]);
});
