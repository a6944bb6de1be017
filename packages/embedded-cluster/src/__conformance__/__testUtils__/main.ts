/**
 * Runs random sequences of writes on clusters and compares what they answer.
 * From packages/embedded-cluster, with
 * `node --require @backstage/cli-node/config/nodeTransform.cjs src/__conformance__/__testUtils__/main.ts`:
 *
 *   --kubeconfig FILE                 the recorded sequences on this cluster, against the recordings
 *   --kubeconfig FILE --record        new recordings, from a real cluster
 *   --kubeconfig FILE --against FILE  new sequences on both clusters
 *   --only NAME   one subject     --count N   sequences of each     --seed N
 *
 * It makes the namespace ec-conformance and a definition, and leaves them.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { findDifference } from './findDifference';
import { httpCluster } from './httpCluster';
import { NAMESPACE } from './names';
import { readRecording, writeRecording } from './recordings';
import { runSequence } from './runSequence';
import { sequenceOf } from './sequences';
import type { RecordedSequence } from './Step';
import { subjects } from './subjects';
import { widgetDefinition } from './subjects/widgetDefinition';

const SEED = 20261124;
const LENGTHS = { min: 6, max: 9 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kubeconfig: { type: 'string' },
      against: { type: 'string' },
      record: { type: 'boolean', default: false },
      only: { type: 'string' },
      count: { type: 'string', default: '40' },
      seed: { type: 'string', default: String(SEED) },
    },
  });
  if (values.kubeconfig === undefined) {
    throw new Error('name a cluster: --kubeconfig FILE');
  }
  const clusters = await Promise.all(
    [values.kubeconfig, values.against]
      .filter(file => file !== undefined)
      .map(httpCluster),
  );
  try {
    for (const cluster of clusters) {
      await cluster.prepare(
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
        widgetDefinition,
      );
    }
    let different = 0;
    for (const subject of subjects) {
      if (values.only !== undefined && values.only !== subject.name) {
        continue;
      }
      const isNew = values.record || values.against !== undefined;
      const sequences = isNew
        ? fc.sample(sequenceOf(subject, LENGTHS), {
            numRuns: Number(values.count),
            seed: Number(values.seed),
          })
        : readRecording(subject.name).map(({ steps }) =>
            steps.map(({ step }) => step),
          );
      const [expected, ...others] = [
        ...(isNew ? [] : [readRecording(subject.name)]),
        ...(await Promise.all(
          clusters.map(async cluster => {
            const answers: RecordedSequence[] = [];
            for (const steps of sequences) {
              answers.push(await runSequence(cluster, subject, steps));
            }
            return answers;
          }),
        )),
      ];
      if (values.record) {
        writeRecording(subject.name, expected);
      }
      const found = others.flatMap(answers =>
        answers.flatMap(
          (answer, at) => findDifference(expected[at], answer) ?? [],
        ),
      );
      different += found.length;
      for (const difference of found) {
        process.stdout.write(`${difference}\n\n`);
      }
      process.stdout.write(
        `${subject.name}: ${sequences.length} sequences, ${found.length} differ\n`,
      );
    }
    process.exitCode = different > 0 ? 1 : 0;
  } finally {
    await Promise.all(clusters.map(cluster => cluster.close()));
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
