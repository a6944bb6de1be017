import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../model/Clock';
import { openClusterObjects } from '../objects';
import type { Cluster } from './__testUtils__/Cluster';
import { findDifference } from './__testUtils__/findDifference';
import { inProcessCluster } from './__testUtils__/inProcessCluster';
import { NAMESPACE } from './__testUtils__/names';
import { readRecording } from './__testUtils__/recordings';
import { runSequence } from './__testUtils__/runSequence';
import { subjects } from './__testUtils__/subjects';
import { widgetDefinition } from './__testUtils__/subjects/widgetDefinition';

describe('random sequences of writes, as a real cluster answered them', () => {
  let cluster: Cluster;
  let directory: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'embedded-conformance-'));
    cluster = inProcessCluster(
      await openClusterObjects({ directory, clock: systemClock }),
    );
    await cluster.prepare(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
      widgetDefinition,
    );
  });

  afterAll(async () => {
    await cluster.close();
    rmSync(directory, { recursive: true });
  });

  it.each(subjects.map(subject => ({ name: subject.name, subject })))(
    'gets the same answers for a $name',
    async ({ subject }) => {
      const differences: string[] = [];
      for (const recorded of readRecording(subject.name)) {
        const answered = await runSequence(
          cluster,
          subject,
          recorded.steps.map(({ step }) => step),
        );
        const difference = findDifference(recorded, answered);
        if (difference !== undefined) {
          differences.push(difference);
        }
      }
      expect(differences).toEqual([]);
    },
  );
});
