// Makes dist/main.cjs and what it loads: a few files that start in a fraction
// of the time that translating every source file at start-up takes.
// Usage: node scripts/bundle.mjs [another file below this package]
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const directory = join(dirname(fileURLToPath(import.meta.url)), '..');
const outfile = process.argv[2] ?? 'dist/main.cjs';
const stem = basename(outfile, '.cjs');

/**
 * Modules that become files of their own: the cluster, so that `main` has
 * turned the compile cache on before it is compiled, and the git host, which
 * not every cluster has.
 */
const APART = ['startEmbeddedCluster', 'gitHost'];

await build({
  absWorkingDir: directory,
  entryPoints: {
    [stem]: 'src/main.ts',
    ...Object.fromEntries(
      APART.map(name => [`${stem}.${name}`, `src/${name}.ts`]),
    ),
  },
  outdir: dirname(outfile),
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  sourcemap: true,
  // The engine keeps the text in memory, with two bytes for each character as
  // soon as one of them is in no Latin comment. Names stay, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  lineLimit: 160,
  // Holds a compiled library beside its code.
  external: ['better-sqlite3', '@sportsbook/embedded-cluster/package.json'],
  plugins: [
    {
      // Node's own module of the name is deprecated, and says so at each start.
      name: 'punycode',
      setup: ({ onResolve, resolve }) =>
        onResolve({ filter: /^punycode$/ }, ({ kind, resolveDir }) =>
          resolve('punycode/', { kind, resolveDir }),
        ),
    },
    {
      name: 'apart',
      setup: ({ onResolve }) =>
        onResolve(
          { filter: new RegExp(`^\\./(${APART.join('|')})$`) },
          ({ kind, path }) =>
            kind === 'dynamic-import'
              ? { path: `./${stem}.${path.slice(2)}.cjs`, external: true }
              : undefined,
        ),
    },
  ],
  // As `require`: the cache is for that, and the files are on this disk.
  supported: { 'dynamic-import': false },
  logLevel: 'warning',
});
