import { main } from './setup/main.mjs';
import { runSteps } from './verify/runSteps.mjs';
import { selectSteps } from './verify/selectSteps.mjs';
import { steps } from './verify/steps.mjs';
import { withoutClusters } from './verify/withoutClusters.mjs';

// The checks of `npm test` with the Node and packages that are there already.
await main(() =>
  runSteps(selectSteps(steps, process.argv.slice(2)), {
    node: { binary: process.execPath },
    env: withoutClusters(process.env),
  }),
);
