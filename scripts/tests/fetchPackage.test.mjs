import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { fetchPackage as fetchPinned } from '../setup/fetchPackage.mjs';

// A real registry of one package, asked by the real npm.
describe('fetchPackage', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'fetch-package-'));
  const target = join(scratch, 'target');
  // Not the checkout's own: a set-up may be clearing that up.
  const workFolder = join(scratch, 'work');
  const fetchPackage = (wanted, folder, options) =>
    fetchPinned(wanted, folder, { ...options, workFolder });
  const saved = { ...process.env };
  let registry;
  let pin;

  before(async () => {
    mkdirSync(join(scratch, 'package'));
    writeFileSync(
      join(scratch, 'package', 'package.json'),
      '{"name":"the-tool","version":"1.2.3"}',
    );
    writeFileSync(join(scratch, 'package', 'tool'), 'works');
    execFileSync('tar', ['-czf', 'tool.tgz', 'package'], { cwd: scratch });
    const tarball = readFileSync(join(scratch, 'tool.tgz'));
    const digest = (algorithm, encoding) =>
      createHash(algorithm).update(tarball).digest(encoding);
    pin = {
      name: 'the-tool',
      version: '1.2.3',
      sha256: digest('sha256', 'hex'),
    };
    registry = createServer((request, response) => {
      if (request.url.endsWith('.tgz')) {
        response.end(tarball);
        return;
      }
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          name: 'the-tool',
          'dist-tags': { latest: '1.2.3' },
          versions: {
            '1.2.3': {
              name: 'the-tool',
              version: '1.2.3',
              dist: {
                tarball: `http://${request.headers.host}/the-tool-1.2.3.tgz`,
                integrity: `sha512-${digest('sha512', 'base64')}`,
              },
            },
          },
        }),
      );
    });
    await new Promise(done => registry.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${registry.address().port}/`;
    Object.assign(process.env, {
      npm_config_registry: url,
      npm_config_cache: join(scratch, 'cache'),
      npm_config_proxy: '',
      npm_config_noproxy: '127.0.0.1',
    });
  });

  afterEach(() => rmSync(target, { recursive: true, force: true }));

  after(() => {
    for (const name of Object.keys(process.env)) {
      if (!(name in saved)) {
        delete process.env[name];
      }
    }
    Object.assign(process.env, saved);
    registry.close();
    registry.closeAllConnections();
    rmSync(scratch, { recursive: true });
  });

  const leftOver = () => readdirSync(workFolder);

  test('unpacks the package of the registry that npm is set to', async () => {
    await fetchPackage(pin, target);
    assert.equal(readFileSync(join(target, 'tool'), 'utf8'), 'works');
    assert.deepEqual(leftOver(), []);
  });

  test('unpacks nothing when the content is not the pinned one', async () => {
    await assert.rejects(
      fetchPackage({ ...pin, sha256: '0'.repeat(64) }, target),
      /the-tool 1\.2\.3 is not the package .* its sha256 is [0-9a-f]{64}, expected 0{64}/,
    );
    assert.equal(existsSync(target), false);
    assert.deepEqual(leftOver(), []);
  });

  test('keeps back what its check refuses', async () => {
    await assert.rejects(
      fetchPackage(pin, target, {
        check: async unpacked => {
          assert.ok(existsSync(join(unpacked, 'tool')));
          throw new Error('does not run here');
        },
      }),
      /does not run here/,
    );
    assert.equal(existsSync(target), false);
  });

  test('is content when somebody else completed the folder meanwhile', async () => {
    mkdirSync(target);
    writeFileSync(join(target, 'tool'), 'theirs');
    await fetchPackage(pin, target);
    assert.equal(readFileSync(join(target, 'tool'), 'utf8'), 'theirs');
  });

  test('says what could not be fetched', async () => {
    await assert.rejects(
      fetchPackage({ ...pin, version: '9.9.9' }, target),
      /Fetching the-tool 9\.9\.9 with npm failed/,
    );
  });
});
