import { join, resolve } from 'node:path';
import { addResolutions, readManifest } from './pack/addResolutions.mjs';
import { packPlugins } from './pack/packPlugins.mjs';
import { main } from './setup/main.mjs';
import { prepare } from './setup/prepare.mjs';
import { progress } from './setup/progress.mjs';
import { SetupError } from './setup/SetupError.mjs';

const FOLDER = 'vendor/sportsbook';

/** `npm run pack -- <folder>`: gives a Backstage the plugins of this checkout. */
await main(async () => {
  const [folder, ...rest] = process.argv.slice(2);
  if (folder === undefined || rest.length > 0 || folder.startsWith('-')) {
    throw new SetupError(
      'Say which Backstage gets the packages: npm run pack -- ../my-backstage',
    );
  }
  const app = resolve(process.env.INIT_CWD ?? process.cwd(), folder);
  readManifest(join(app, 'package.json'));
  const { node, env } = await prepare({ page: false });
  const packed = await progress('Packing the plugins', say =>
    packPlugins({ node, env, into: join(app, FOLDER), say }),
  );
  addResolutions(app, FOLDER, packed);
  console.log(
    `\n${packed.length} packages are in ${join(
      app,
      FOLDER,
    )}, and the resolutions of its package.json name them. Go on with docs/install.md there.`,
  );
  return 0;
});
