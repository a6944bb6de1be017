import { describeDifference } from './describeDifference.mjs';
import { normalise } from './normalise.mjs';
import { runStep } from './runStep.mjs';

/**
 * Runs the steps of a scenario in order, each on both clusters at once, in a
 * namespace of its own that goes afterwards. Both namespaces have one name, so
 * that it needs no rewriting in what is printed.
 *
 * @returns what each step printed and how the clusters differ in it, in order
 */
export async function compareScenario({
  scenario,
  clusters,
  namespace,
  accepted,
}) {
  const outcomes = [];
  await Promise.all(
    clusters.map(cluster => cluster.run(['create', 'namespace', namespace])),
  );
  try {
    for (const step of scenario.steps) {
      const runs = await Promise.all(
        clusters.map(cluster => runStep(cluster, step, namespace)),
      );
      if (step.setup) {
        continue;
      }
      const [expected, actual] = runs.map((run, index) =>
        normalise(run, {
          cluster: clusters[index],
          step,
          accepted: accepted.filter(
            ({ scenario: name, command }) =>
              (name === undefined || name === scenario.name) &&
              (command === undefined || command.test(runs[0].command)),
          ),
        }),
      );
      outcomes.push({
        scenario: scenario.name,
        command: runs[0].command,
        printed: expected,
        difference: describeDifference(expected, actual),
      });
    }
    return outcomes;
  } finally {
    await Promise.all(
      clusters.flatMap(cluster => [
        cluster.run(['delete', 'namespace', namespace, '--wait=false']),
        ...(scenario.leaves ?? []).map(left =>
          cluster.run([
            'delete',
            ...left.replaceAll('{namespace}', namespace).split(' '),
            '--ignore-not-found',
            '--wait=false',
          ]),
        ),
      ]),
    );
  }
}
