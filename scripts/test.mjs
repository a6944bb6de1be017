import { main } from './setup/main.mjs';
import { prepare } from './setup/prepare.mjs';
import { runSteps } from './verify/runSteps.mjs';
import { selectSteps } from './verify/selectSteps.mjs';
import { steps } from './verify/steps.mjs';
import { withoutClusters } from './verify/withoutClusters.mjs';

await main(async () => {
  const selected = selectSteps(steps, process.argv.slice(2));
  const { node, env } = await prepare({ page: false });
  return runSteps(selected, { node, env: withoutClusters(env) });
});
