import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, isBuildMissing } from './build.mjs';
import { buildCluster, isClusterBuildMissing } from './clusterBuild.mjs';
import { install, isInstallMissing } from './install.mjs';
import { withLock } from './lock.mjs';
import { needs, requireDisk } from './needs.mjs';
import { chooseNode, fetchNode } from './node.mjs';
import { local, root } from './paths.mjs';
import { progress } from './progress.mjs';
import { provideTools } from './tools.mjs';
import { fetchYarn, isYarnMissing } from './yarn.mjs';

/**
 * Makes the checkout ready to run: the right Node, yarn, packages, page. Does
 * only what is missing, after saying what that will take.
 *
 * @param options.page whether the built page is needed
 * @param options.cluster whether the built embedded cluster is needed
 * @returns `{node, env}`: the Node to run with and the environment to give it
 */
export async function prepare({ page = true, cluster = false } = {}) {
  return withLock(
    join(local, 'setup.lock'),
    {
      onWait: pid =>
        console.log(`Waiting for the set-up that process ${pid} is doing …`),
    },
    async () => {
      const node = chooseNode();
      const missing = {
        node: node.pin,
        yarn: isYarnMissing(),
        packages: isInstallMissing(node.version),
        build: page && isBuildMissing(),
      };
      const { lines, diskMB } = needs(missing);
      if (lines.length > 0) {
        console.log(lines.join('\n'));
        await requireDisk(root, diskMB);
      }

      // Left over from an interrupted set-up; the lock keeps others out.
      rmSync(join(local, 'tmp'), { recursive: true, force: true });
      if (missing.node) {
        await progress(`Fetching Node ${node.version}`, () => fetchNode(node));
      }
      if (missing.yarn) {
        await progress('Fetching yarn', fetchYarn);
      }
      const env = provideTools(node.binary, process.env);
      if (missing.packages) {
        await progress('Installing packages', say =>
          install({ node, env, say }),
        );
      }
      if (missing.build) {
        await progress('Building the page', () => build({ node, env }));
      }
      // Takes no longer than asking whether somebody wants to wait for it.
      if (cluster && isClusterBuildMissing()) {
        await progress('Building the embedded cluster', () =>
          buildCluster({ node, env }),
        );
      }
      return { node, env };
    },
  );
}
