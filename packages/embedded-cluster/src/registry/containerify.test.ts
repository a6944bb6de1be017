import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  startTestRegistry,
  type TestRegistry,
} from './__testUtils__/startTestRegistry';

describe('containerify', () => {
  let registry: TestRegistry;
  let scratch: string;

  beforeEach(async () => {
    registry = await startTestRegistry();
    scratch = await mkdtemp(join(tmpdir(), 'containerify-'));
  });

  afterEach(async () => {
    await registry.remove();
    await rm(scratch, { recursive: true, force: true });
  });

  it.each(['linux/amd64', 'linux/arm64'])(
    'builds an image for %s on the base image that is known to run only here',
    async platform => {
      const folder = join(scratch, 'service');
      const digestFile = join(scratch, 'digest');
      await mkdir(join(folder, 'dist'), { recursive: true });
      await writeFile(join(folder, 'package.json'), '{"name":"odds"}');
      await writeFile(join(folder, 'dist', 'server.js'), 'process.exit(0)');
      const settings = join(scratch, 'containerify.json');
      await writeFile(
        settings,
        JSON.stringify({
          folder,
          fromRegistry: `http://${registry.address}/v2/`,
          fromImage: 'library/node:22-slim',
          toRegistry: `http://${registry.address}/v2/`,
          toImage: 'sportsbook/odds:v1',
          allowNoPushAuth: true,
          platform,
          workdir: '/app',
          entrypoint: 'node dist/server.js',
          user: '1000',
          setTimeStamp: new Date(0).toISOString(),
          writePrefixedDigestTo: digestFile,
        }),
      );

      await promisify(execFile)(
        process.execPath,
        [require.resolve('containerify'), '--file', settings],
        { cwd: scratch },
      );

      const digest = await readFile(digestFile, 'utf8');
      const path = `/v2/sportsbook/odds/manifests/${digest}`;
      const manifest = await (await registry.call(path)).json();
      const config = await (
        await registry.call(
          `/v2/sportsbook/odds/blobs/${manifest.config.digest}`,
        )
      ).json();
      expect(config).toMatchObject({
        os: 'linux',
        architecture: platform.split('/')[1],
        config: {
          Entrypoint: ['node', 'dist/server.js'],
          WorkingDir: '/app',
          User: '1000',
          Labels: { 'sportsbook-scaling.runs-only-in': 'embedded-cluster' },
        },
      });
      const lookup = await registry.images.find(
        `${registry.address}/sportsbook/odds@${digest}`,
      );
      expect(lookup.status).toBe(
        platform === 'linux/amd64' ? 'found' : 'absent',
      );
    },
  );
});
