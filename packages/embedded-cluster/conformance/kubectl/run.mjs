// Runs the same kubectl commands on a real cluster and on the embedded one and
// compares what they print and how they end.
// Usage: node packages/embedded-cluster/conformance/kubectl/run.mjs \
//   --reference <kubeconfig> [--embedded <kubeconfig>] [--bundle <main.cjs>]
//   [--kubectl <program>] [--only <scenario>]...
// Without --embedded it builds the embedded cluster and starts one of its own.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptedDifferences } from './acceptedDifferences.mjs';
import { Cluster } from './Cluster.mjs';
import { compareScenario } from './compareScenario.mjs';
import { eachWithLimit } from './eachWithLimit.mjs';
import { readOptions } from './readOptions.mjs';
import { scenarios } from './scenarios/index.mjs';
import { startEmbedded } from './startEmbedded.mjs';

/** Each scenario waits most of its time; more of them only fight for cores. */
const SCENARIOS_AT_ONCE = 5;

const options = readOptions(
  process.argv.slice(2),
  scenarios.map(({ name }) => name),
);
const directory = mkdtempSync(join(tmpdir(), 'kubectl-conformance-'));
const startedAtMs = Date.now();
const chosen = scenarios.filter(
  ({ name }) => options.only.length === 0 || options.only.includes(name),
);
let embedded;
let passed = 0;
let failed = 0;

function differs({ difference }) {
  return difference !== undefined;
}

function note({ scenario, command, difference }) {
  process.stdout.write(
    `\ndiffered once, and not when repeated: ${scenario}: kubectl ${command}\n${difference}\n`,
  );
}

function report({ scenario, command, printed, difference }) {
  if (difference === undefined) {
    passed += 1;
    if (options.verbose) {
      process.stdout.write(
        `\nsame: ${scenario}: kubectl ${command}\n${printed.stdout}${printed.stderr}`,
      );
    }
    return;
  }
  failed += 1;
  process.stdout.write(
    `\ndiffers: ${scenario}: kubectl ${command}\n${difference}\n`,
  );
}

try {
  embedded = options.embedded
    ? { kubeconfig: options.embedded, close: async () => {} }
    : await startEmbedded({
        bundle: options.bundle,
        directory: join(directory, 'state'),
      });
  const pair = await Promise.all(
    [
      { name: 'reference', kubeconfig: options.reference },
      { name: 'embedded', kubeconfig: embedded.kubeconfig },
    ].map(cluster =>
      Cluster.open({ ...cluster, directory, kubectl: options.kubectl }),
    ),
  );
  const suffix = randomBytes(3).toString('hex');
  const compare = (scenario, attempt) =>
    compareScenario({
      scenario,
      clusters: pair,
      namespace: `${options.prefix}-${scenario.name}-${suffix}${attempt}`,
      accepted: acceptedDifferences,
    });
  await eachWithLimit(chosen, SCENARIOS_AT_ONCE, async scenario => {
    const first = await compare(scenario, '');
    if (!first.some(differs)) {
      first.forEach(report);
      return;
    }
    // Two clusters under load are never at the same moment. What the moment
    // made differ does not differ twice; what we answer otherwise does.
    const again = await compare(scenario, '-2');
    first.forEach((outcome, step) => {
      if (differs(outcome) && !differs(again[step])) {
        note(outcome);
        report(again[step]);
      } else {
        report(outcome);
      }
    });
  });
} finally {
  await embedded?.close();
  rmSync(directory, { recursive: true, force: true });
}
const seconds = Math.round((Date.now() - startedAtMs) / 1000);
process.stdout.write(
  `\n${chosen.length} scenarios in ${seconds} s\n${passed} passed, ${failed} failed\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
