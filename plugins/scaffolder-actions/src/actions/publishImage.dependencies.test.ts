import { gunzipSync } from 'node:zlib';
import { FakeNpmRegistry } from '../__testUtils__/FakeNpmRegistry';
import { publishImageBench } from '../__testUtils__/publishImageBench';

jest.setTimeout(60_000);

/** Builds by what a development dependency says, and changes that dependency. */
const BUILD = `
const fs = require('fs');
const compiler = require.resolve('compiler');
fs.mkdirSync('dist', { recursive: true });
fs.writeFileSync('dist/server.js', require(compiler));
fs.writeFileSync(compiler, "module.exports = 'changed by another build'");
`;

describe('the dependencies of publish:image', () => {
  const bench = publishImageBench();
  let npm: FakeNpmRegistry;
  let packages: Record<string, object>;
  beforeEach(async () => {
    npm = await FakeNpmRegistry.start();
    packages = {
      'node_modules/compiler': {
        ...npm.add('compiler', { 'index.js': "module.exports = 'compiled'" }),
        dev: true,
      },
      'node_modules/server': npm.add('server', { 'index.js': 'served' }),
    };
    write('odds-api');
  });
  afterEach(() => npm.stop());

  function write(name: string, more: Record<string, string> = {}): void {
    const root = {
      name,
      version: '1.0.0',
      dependencies: { server: '1.0.0' },
      devDependencies: { compiler: '1.0.0' },
    };
    bench.workspace.setContent({
      'package.json': JSON.stringify({
        ...root,
        scripts: { build: 'node build.js' },
      }),
      'package-lock.json': JSON.stringify({
        name,
        version: '1.0.0',
        lockfileVersion: 3,
        requires: true,
        packages: { '': root, ...packages },
      }),
      'build.js': BUILD,
      ...more,
    });
  }

  const environment = () => ({
    PATH: process.env.PATH,
    npm_config_registry: npm.url,
  });
  const run = async (image = {}) => {
    const { outputs } = await bench.run({ image, environment: environment() });
    return String(outputs.imageDigest);
  };

  /** What all layers of an image's own hold, as text. */
  function contentOf(digest: string): string {
    const manifest = bench.registry.manifest('sportsbook/odds-api', digest) as {
      layers: { digest: string }[];
    };
    return manifest.layers
      .slice(1)
      .map(layer =>
        gunzipSync(bench.registry.blob(layer.digest) ?? '').toString(),
      )
      .join();
  }

  it('are installed once, and give the same image kept as fresh', async () => {
    const fresh = await run();
    const downloads = npm.requests.length;
    expect(downloads).toBeGreaterThanOrEqual(2);
    const kept = await run();
    expect(npm.requests).toHaveLength(downloads);
    const keptByNobody = await run({ dependencyCacheMegabytes: 0 });
    expect(npm.requests.length).toBeGreaterThan(downloads);
    expect([kept, keptByNobody]).toEqual([fresh, fresh]);

    const content = contentOf(fresh);
    expect(content).toContain('app/node_modules/server/index.js');
    expect(content).not.toContain('app/node_modules/compiler');
    expect(content).toContain('compiled');
  });

  it('serve a service of another name, whose image does not know the first one', async () => {
    await run();
    const downloads = npm.requests.length;
    write('bets-api');
    const content = contentOf(await run());
    expect(npm.requests).toHaveLength(downloads);
    expect(content).toContain('bets-api');
    expect(content).not.toContain('odds-api');
  });

  it('are installed anew where the project has other settings of npm', async () => {
    await run();
    const downloads = npm.requests.length;
    write('odds-api', { '.npmrc': 'fetch-retries=1\n' });
    await run();
    expect(npm.requests.length).toBeGreaterThan(downloads);
  });

  it('are not kept where the lockfile does not say what they hold', async () => {
    packages['node_modules/server'] = {
      ...packages['node_modules/server'],
      integrity: undefined,
    };
    write('odds-api');
    const first = await run();
    const downloads = npm.requests.length;
    expect(await run()).toBe(first);
    expect(npm.requests.length).toBeGreaterThan(downloads);
  });

  it('fail with what npm says when they cannot be had', async () => {
    const gone = { ...environment(), npm_config_fetch_retries: '0' };
    await npm.stop();
    await expect(bench.run({ environment: gone })).rejects.toMatchObject({
      name: 'ImageBuildError',
      message: expect.stringMatching(/^npm ci ended with exit code 1: /),
      lastLines: expect.arrayContaining([
        expect.stringContaining('ECONNREFUSED'),
      ]),
    });
    npm = await FakeNpmRegistry.start();
  });
});
