import { dependencySet } from './dependencySet';

const integrity = 'sha512-abc';

function project(
  options: {
    manifest?: object;
    root?: object;
    packages?: object;
    lockfile?: object;
  } = {},
) {
  return {
    manifest: JSON.stringify({
      name: 'odds-api',
      version: '1.0.0',
      dependencies: { express: '^5.0.0' },
      ...options.manifest,
    }),
    lockfile: JSON.stringify({
      name: 'odds-api',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: {
        '': { name: 'odds-api', version: '1.0.0', ...options.root },
        'node_modules/express': { version: '5.0.0', integrity },
        ...options.packages,
      },
      ...options.lockfile,
    }),
  };
}

describe('dependencySet', () => {
  it('is the same for projects that differ in what they are called', () => {
    const own = { name: 'bets-api', version: '2.0.0' };
    expect(
      dependencySet(
        project({
          manifest: { ...own, description: 'Bets', scripts: { build: 'x' } },
          root: own,
          lockfile: own,
        }),
      ),
    ).toEqual(dependencySet(project()));
  });

  it.each([
    ['another range', { manifest: { dependencies: { express: '5' } } }],
    ['overrides', { manifest: { overrides: { debug: '4' } } }],
    ['one package more', { packages: { 'node_modules/pino': { integrity } } }],
    [
      'another content of a package',
      { packages: { 'node_modules/express': { integrity: 'sha512-x' } } },
    ],
  ])('is another one with %s', (_, change) => {
    const changed = dependencySet(project(change));
    expect(changed.status).toBe('pinned');
    expect(changed).not.toEqual(dependencySet(project()));
  });

  it.each([
    [
      'has no integrity',
      { packages: { 'node_modules/pino': { version: '1.0.0' } } },
      'no integrity of node_modules/pino',
    ],
    [
      'lies in the project',
      { packages: { 'packages/a': {} } },
      'packages/a is part of the project',
    ],
    [
      'is a link',
      { packages: { 'node_modules/a': { link: true, integrity } } },
      'node_modules/a is part of the project',
    ],
  ])('is not pinned where a package %s', (_, change, reason) => {
    expect(dependencySet(project(change))).toEqual({
      status: 'unpinned',
      reason: expect.stringContaining(reason),
    });
  });

  it('counts what is bundled with a pinned package as pinned', () => {
    expect(
      dependencySet(
        project({
          packages: {
            'node_modules/express/node_modules/a': { inBundle: true },
          },
        }),
      ).status,
    ).toBe('pinned');
  });

  it.each([
    ['no JSON', { manifest: '{', lockfile: '{}' }],
    [
      'a lockfile of npm 6',
      { manifest: '{}', lockfile: '{"lockfileVersion": 1}' },
    ],
    ['no lockfile', { manifest: '{}', lockfile: '' }],
  ])('is not pinned by %s', (_, files) => {
    expect(dependencySet(files).status).toBe('unpinned');
  });

  it('says when there is nothing to install', () => {
    const lockfile = JSON.stringify({
      lockfileVersion: 3,
      packages: { '': {} },
    });
    expect(dependencySet({ manifest: '{}', lockfile })).toMatchObject({
      isEmpty: true,
    });
    // Then npm has to say that the two do not belong together.
    expect(
      dependencySet({ manifest: '{"dependencies":{"a":"1"}}', lockfile }),
    ).toMatchObject({ isEmpty: false });
  });
});
