import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { followDockerfile } from './production/followDockerfile.mjs';
import { proveReplicas } from './production/proveReplicas.mjs';
import { main } from './setup/main.mjs';
import { npmSettings } from './setup/npm.mjs';
import { logs, root } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { progress } from './setup/progress.mjs';
import { run } from './setup/run.mjs';
import { yarnEnvironment } from './setup/yarnEnvironment.mjs';

/**
 * `npm run verify:production`: does what packages/backend/Dockerfile does, in
 * folders, and runs two replicas of the result with app-config.production.yaml
 * on a PostgreSQL server (Debian's package) with an OIDC provider.
 */
await main(async () => {
  const { env } = await prepare({ page: false });
  const folder = mkdtempSync(join(tmpdir(), 'sportsbook-production-'));
  let passed = 0;
  let failed = 0;
  const step = async (sentence, check) => {
    try {
      await check();
      passed += 1;
      console.log(`  ok   ${sentence}`);
    } catch (error) {
      failed += 1;
      console.log(`  FAIL ${sentence}`);
      throw error;
    }
  };
  try {
    const toolEnv = yarnEnvironment(await npmSettings(), env);
    const yarnFolder = join(folder, 'yarn');
    linkCache(yarnFolder);
    const release = await progress('Following the Dockerfile', say =>
      followDockerfile({
        context: root,
        folder,
        run: (line, { cwd, env: own, bin }) => {
          say(line.slice(0, 50));
          return run('sh', ['-ec', line], {
            what: `RUN ${line}`,
            cwd,
            env: {
              ...toolEnv,
              ...own,
              // The Dockerfile removes the cache of its layer.
              YARN_GLOBAL_FOLDER: yarnFolder,
              PATH: `${bin}${delimiter}${toolEnv.PATH}`,
            },
            logFile: join(logs, 'production-build.log'),
          });
        },
      }),
    );
    await proveReplicas(release, { folder, environment: env, step });
  } catch (error) {
    console.error(error);
    failed = Math.max(failed, 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});

/** Hard links to what yarn has already; without them it downloads again. */
function linkCache(target) {
  spawnSync('cp', ['-al', join(homedir(), '.yarn', 'berry'), target]);
}
