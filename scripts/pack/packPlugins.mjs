import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logs, root } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';
import { yarnScript } from '../setup/yarn.mjs';
import { copyWorkspace } from './copyWorkspace.mjs';

/**
 * Declarations come from the checkout itself: in the copy, whose packages are
 * links, types would be named by the paths of this machine. What the plugins'
 * tests use is not packed, and need not be there.
 */
const TSCONFIG = {
  extends: join(root, 'tsconfig.json'),
  include: [join(root, 'plugins/*/src')],
  exclude: ['node_modules', '**/*.test.*', '**/__*__', '**/setupTests.ts'].map(
    pattern => join(root, pattern),
  ),
  compilerOptions: {
    emitDeclarationOnly: true,
    // `npm test` judges the sources.
    noUnusedLocals: false,
    noUnusedParameters: false,
    incremental: false,
    outDir: 'dist-types',
    rootDir: root,
  },
};

/**
 * Builds and packs every plugin, in a copy of the checkout.
 *
 * @param options.node `{binary}`
 * @param options.env environment
 * @param options.into folder that gets the tarballs
 * @param options.say is told what happens
 * @returns `[{name, version, file}]`, file being the tarball's name
 */
export async function packPlugins({ node, env, into, say }) {
  const copy = mkdtempSync(join(tmpdir(), 'sportsbook-pack-'));
  try {
    say('copying');
    copyWorkspace(root, copy);
    say('types');
    writeFileSync(join(copy, 'tsconfig.pack.json'), JSON.stringify(TSCONFIG));
    await run(
      node.binary,
      [
        join(root, 'node_modules/typescript/bin/tsc'),
        '--project',
        'tsconfig.pack.json',
      ],
      {
        what: 'Making type declarations',
        cwd: copy,
        env,
        logFile: join(logs, 'pack-types.log'),
      },
    );
    mkdirSync(into, { recursive: true });
    const packed = [];
    for (const folder of readdirSync(join(copy, 'plugins'))) {
      say(folder);
      packed.push(await packOne(join(copy, 'plugins', folder), into));
    }
    return packed;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }

  async function packOne(cwd, folder) {
    const { name, version } = JSON.parse(
      readFileSync(join(cwd, 'package.json'), 'utf8'),
    );
    const file = `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`;
    const logFile = join(logs, 'pack.log');
    const what = `Packing ${name}`;
    await run(
      node.binary,
      [
        join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
        'package',
        'build',
      ],
      { what, cwd, env, logFile },
    );
    await run(node.binary, [yarnScript, 'pack', '--out', join(folder, file)], {
      what,
      cwd,
      env,
      logFile,
    });
    return { name, version, file };
  }
}
