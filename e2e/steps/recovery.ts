import { TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import assert from 'node:assert/strict';
import { eventually } from '../eventually';
import type { Run } from './Run';
import { serviceValues } from './serviceValues';

/** A service is on its way when Backstage is killed; it arrives all the same. */
export async function recovery(run: Run): Promise<void> {
  const { backstage, journal, product } = run;
  await journal.step(
    'a task that is killed while it waits for the cluster ends well after a restart',
    async () => {
      const id = await backstage.startTask(
        TEMPLATE_REF,
        serviceValues(run, {
          name: 'settlement-api',
          requestsPerSecondPerReplica: 70,
          serviceType: 'NodePort',
        }),
      );
      await eventually(
        async () => {
          const steps = (await backstage.taskLog(id)).map(
            event => event.body.stepId,
          );
          assert.ok(steps.includes('wait'), 'the task waits');
        },
        { withinSeconds: 180, everySeconds: 0.5 },
      );
      await product.kill();
      journal.note(
        `killed; first page again after ${(await product.start()).toFixed(
          1,
        )} s`,
      );
      const task = await backstage.finishTask(id, { withinSeconds: 300 });
      assert.equal(task.status, 'completed', task.log);
      await eventually(
        async () => {
          assert.ok(
            await backstage.hasEntity('component/default/settlement-api'),
            'the catalog has the service',
          );
        },
        { withinSeconds: 60 },
      );
    },
    { essential: true },
  );
}
