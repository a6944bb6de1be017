import { TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import assert from 'node:assert/strict';
import type { Run } from './Run';
import { serviceValues } from './serviceValues';

interface Case {
  title: string;
  values: Record<string, unknown>;
  /** What the log of the failed task must say. */
  says: RegExp[];
}

function cases(run: Run): Case[] {
  const values = (over: Record<string, unknown>) =>
    serviceValues(run, { name: 'refused', ...over });
  return [
    {
      title: 'minimum above maximum',
      values: values({ minReplicas: 5, maxReplicas: 3 }),
      says: [/minReplicas/, /above maxReplicas 3/],
    },
    {
      title: 'an unknown cluster',
      values: values({ cluster: 'atlantis' }),
      says: [/atlantis/],
    },
    {
      title: 'a namespace that may not be used',
      values: values({ namespace: 'kube-system' }),
      says: [/kube-system/, new RegExp(run.options.namespace)],
    },
    {
      title: 'a name that is too long for a Prometheus of its own',
      values: values({ name: 'o'.repeat(42) }),
      says: [/42 characters/, /at most 41/],
    },
  ];
}

/** Each wrong input ends in an error that names it, and nothing exists afterwards. */
export async function badInput(run: Run): Promise<void> {
  const { backstage, cluster, journal, options } = run;
  for (const { title, values, says } of cases(run)) {
    await journal.step(
      `${title} is refused before anything changes`,
      async () => {
        const task = await backstage.finishTask(
          await backstage.startTask(TEMPLATE_REF, values),
          { withinSeconds: 60 },
        );
        assert.equal(task.status, 'failed', task.log);
        for (const said of says) {
          assert.match(task.log, said);
        }
        const { items } = await cluster.list(
          { apiVersion: 'apps/v1', kind: 'Deployment' },
          { namespace: options.namespace },
        );
        assert.deepEqual(
          items.map(item => item.metadata.name),
          [],
        );
      },
    );
  }
  await journal.step(
    'a name that Kubernetes would refuse is refused by the form',
    async () => {
      await assert.rejects(
        backstage.startTask(
          TEMPLATE_REF,
          serviceValues(run, { name: 'Odds_API' }),
        ),
        /400/,
      );
    },
  );
  await journal.step('a preview plans and changes nothing', async () => {
    const task = await backstage.runTask(
      TEMPLATE_REF,
      serviceValues(run, { name: 'previewed', preview: true }),
      { withinSeconds: 60 },
    );
    assert.match(JSON.stringify(task.output), /ScaledObject/);
    const { items } = await cluster.list(
      { apiVersion: 'v1', kind: 'Service' },
      { namespace: options.namespace },
    );
    assert.deepEqual(
      items.map(item => item.metadata.name),
      [],
    );
  });
}

/** On a cluster without the operators the plan says which are missing. */
export async function missingApis(run: Run): Promise<void> {
  const { backstage, cluster, journal, options } = run;
  const title = 'a cluster without KEDA and operator is refused, naming both';
  const catalog = await cluster.discover({ fresh: true });
  const served = catalog.find('keda.sh/v1alpha1', 'ScaledObject');
  if (served !== undefined) {
    journal.skip(title, `${options.cluster} has them already`);
    return;
  }
  await journal.step(title, async () => {
    const task = await backstage.finishTask(
      await backstage.startTask(
        TEMPLATE_REF,
        serviceValues(run, { name: 'refused' }),
      ),
      { withinSeconds: 60 },
    );
    assert.equal(task.status, 'failed', task.log);
    assert.match(task.log, /ScaledObject/);
    assert.match(task.log, /ServiceMonitor/);
    assert.match(task.log, /kubectl apply --server-side/);
  });
}

/** A node port that another service holds is found by the plan. */
export async function takenNodePort(
  run: Run,
  taken: { nodePort: number; by: string },
): Promise<void> {
  const { backstage, journal } = run;
  await journal.step(
    'a taken node port is refused, naming who holds it',
    async () => {
      const task = await backstage.finishTask(
        await backstage.startTask(
          TEMPLATE_REF,
          serviceValues(run, {
            name: 'refused',
            serviceType: 'NodePort',
            nodePort: taken.nodePort,
          }),
        ),
        { withinSeconds: 60 },
      );
      assert.equal(task.status, 'failed', task.log);
      assert.match(task.log, new RegExp(String(taken.nodePort)));
      assert.match(task.log, new RegExp(taken.by));
      assert.match(task.log, /Nothing was changed/);
    },
  );
}
