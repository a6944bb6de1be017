// Makes dist/main.cjs and what it loads. The command line is a file of its own,
// so that help and mistakes are answered without reading the rest.
// Usage: node scripts/bundle.mjs [another folder]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const directory = join(dirname(fileURLToPath(import.meta.url)), '..');
const outdir = resolve(directory, process.argv[2] ?? 'dist');

/** Loaded once there is something to do. */
const APART = 'runInvocation';

const CLIENT_NODE = /[\\/]@kubernetes[\\/]client-node[\\/]dist[\\/]/;

const { metafile } = await build({
  absWorkingDir: directory,
  entryPoints: { main: 'src/main.ts', [APART]: `src/${APART}.ts` },
  outdir,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  lineLimit: 160,
  banner: { js: '#!/usr/bin/env node' },
  metafile: true,
  plugins: [
    {
      // Node's own module of the name is deprecated, and says so at each start.
      name: 'punycode',
      setup: ({ onResolve, resolve: find }) =>
        onResolve({ filter: /^punycode$/ }, ({ kind, resolveDir }) =>
          find('punycode/', { kind, resolveDir }),
        ),
    },
    {
      // Of client-node only the reading of kubeconfigs and the credentials are
      // used, which is a fiftieth of it.
      name: 'client-node',
      setup: ({ onResolve, resolve: find }) => {
        onResolve({ filter: /^@kubernetes\/client-node$/ }, async args => {
          if (args.pluginData === CLIENT_NODE) {
            return undefined;
          }
          const { path, errors } = await find(args.path, {
            kind: 'import-statement',
            resolveDir: args.resolveDir,
            pluginData: CLIENT_NODE,
          });
          return errors.length > 0
            ? { errors }
            : { path: join(dirname(path), 'config.js'), sideEffects: false };
        });
        onResolve({ filter: /^\.\.?\// }, async args => {
          if (
            args.pluginData === CLIENT_NODE ||
            !CLIENT_NODE.test(args.importer)
          ) {
            return undefined;
          }
          const { path, errors } = await find(args.path, {
            kind: args.kind,
            resolveDir: args.resolveDir,
            pluginData: CLIENT_NODE,
          });
          return errors.length > 0 ? { errors } : { path, sideEffects: false };
        });
      },
    },
    {
      name: 'apart',
      setup: ({ onResolve }) =>
        onResolve({ filter: new RegExp(`^\\./${APART}$`) }, ({ kind }) =>
          kind === 'dynamic-import'
            ? { path: `./${APART}.cjs`, external: true }
            : undefined,
        ),
    },
  ],
  // As `require`: the compile cache is for that.
  supported: { 'dynamic-import': false },
  logLevel: 'warning',
});

writeFileSync(
  join(outdir, 'THIRD_PARTY_LICENSES.txt'),
  licencesOf(Object.keys(metafile.inputs)),
);

/** The licence of every package that the program is made of, as they ask for. */
function licencesOf(inputs) {
  const packages = new Set(
    inputs.flatMap(input => {
      const path = join(directory, input);
      const found = /^(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(
        path,
      );
      return found === null ? [] : [found[1]];
    }),
  );
  return [...packages]
    .sort()
    .map(folder => {
      const { name, version, license } = JSON.parse(
        readFileSync(join(folder, 'package.json'), 'utf8'),
      );
      const texts = readdirSync(folder)
        .filter(file => /^(licen[cs]e|notice)/i.test(file))
        .map(file => readFileSync(join(folder, file), 'utf8').trim());
      return [`${name} ${version} (${license})`, ...texts].join('\n\n');
    })
    .join(`\n\n${'-'.repeat(72)}\n\n`)
    .concat('\n');
}
