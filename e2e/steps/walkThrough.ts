import { TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import assert from 'node:assert/strict';
import { z } from 'zod';
import { eventually } from '../eventually';
import { runLoad } from '../load';
import { cardUnderLoad, cardWhenCalm } from './card';
import { createThroughTheForm } from './form';
import { autoscalerOf, conditionOf, readyPods } from './objects';
import { takenNodePort } from './badInput';
import { repository } from './repository';
import type { Run } from './Run';
import { expectSettled, loadAndFollow } from './scaling';
import { serviceValues } from './serviceValues';

const NAME = 'odds-api';
const SERVICE = 'http://127.0.0.1:30901';
const PROMETHEUS = 'http://127.0.0.1:30900';

const targets = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({
        health: z.string(),
        labels: z.record(z.string(), z.string()),
      }),
    ),
  }),
});
const config = z.object({ data: z.object({ yaml: z.string() }) });
const vector = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

async function prometheus(path: string): Promise<unknown> {
  const response = await fetch(`${PROMETHEUS}${path}`);
  return response.json();
}

/** From the form to three replicas and back to two. */
export async function walkThrough(run: Run): Promise<void> {
  const { cluster, journal, options } = run;
  const { namespace } = options;
  const values = serviceValues(run, {
    name: NAME,
    serviceType: 'NodePort',
    nodePort: 30901,
    prometheusNodePort: 30900,
  });

  let repositoryUrl = '';
  await journal.step(
    'the form creates odds-api and the task verifies it',
    async () => {
      const output =
        run.browserPath === undefined
          ? (
              await run.backstage.runTask(TEMPLATE_REF, values, {
                withinSeconds: 400,
              })
            ).output
          : await createThroughTheForm(run, run.browserPath, values);
      assert.match(String(output.serviceUrl), /:30901$/);
      assert.match(String(output.imageDigest), /^sha256:[0-9a-f]{64}$/);
      assert.equal(output.entityRef, 'component:default/odds-api');
      repositoryUrl = String(output.repositoryUrl);
    },
    { essential: true },
  );
  if (run.browserPath === undefined) {
    journal.skip(
      'the form in a browser',
      'no Chromium or Chrome was found; install one (Debian: apt-get install chromium) or set CHROMIUM_PATH',
    );
  }

  await repository(run, { name: NAME, repositoryUrl });
  await takenNodePort(run, { nodePort: 30901, by: NAME });

  await journal.step('two replicas say hello by name', async () => {
    const pods = await readyPods(cluster, namespace, NAME);
    journal.fact('replicas', pods.length);
    assert.equal(pods.length, 2);
    const response = await fetch(`${SERVICE}/api`);
    const greeting = await response.text();
    assert.ok(
      pods.some(pod => greeting.includes(`Hello from ${pod}`)),
      greeting,
    );
  });

  await journal.step(
    'Prometheus has the job of the ServiceMonitor and both pods up',
    async () => {
      const { yaml } = config.parse(
        await prometheus('/api/v1/status/config'),
      ).data;
      assert.match(
        yaml,
        new RegExp(`job_name: serviceMonitor/${namespace}/${NAME}/0`),
      );
      assert.match(yaml, /relabel_configs:/);
      const up = targets
        .parse(await prometheus('/api/v1/targets?state=active'))
        .data.activeTargets.filter(target => target.labels.job === NAME);
      assert.deepEqual(
        up.map(target => target.health),
        ['up', 'up'],
      );
    },
  );

  await journal.step('200 requests by 2 workers show as a rate', async () => {
    const load = await runLoad({
      url: `${SERVICE}/api`,
      connections: 2,
      requests: 200,
    });
    assert.equal(load.answered, 200);
    await eventually(
      async () => {
        const query =
          'sum(rate(http_server_requests_seconds_count{uri="/api"}[1m])) by (pod,uri)';
        const { result } = vector.parse(
          await prometheus(`/api/v1/query?query=${encodeURIComponent(query)}`),
        ).data;
        assert.deepEqual(
          result.map(series => series.metric.pod).sort(),
          (await readyPods(cluster, namespace, NAME)).sort(),
        );
        const total = result.reduce(
          (sum, series) => sum + Number(series.value[1]),
          0,
        );
        assert.ok(total > 0, `the rates add up to ${total}`);
      },
      { withinSeconds: 30 },
    );
  });

  await journal.step(
    'the HPA has minimum 2, maximum 10 and a target of 100 per replica',
    async () => {
      const hpa = await autoscalerOf(cluster, namespace, NAME);
      assert.equal(hpa.spec.minReplicas, 2);
      assert.equal(hpa.spec.maxReplicas, 10);
      assert.equal(hpa.spec.metrics[0].external.target.averageValue, '100');
    },
  );

  await journal.step(
    '250 requests/s for 3 minutes bring a third replica and no fourth',
    async () => {
      const seen = await loadAndFollow(
        run,
        {
          name: NAME,
          url: `${SERVICE}/api`,
          minReplicas: 2,
          generator: 'hey',
        },
        () => cardUnderLoad(run, NAME),
      );
      journal.note(
        `${seen.load.answered} answered, ${seen.load.failed} failed, p99 ${seen.load.p99Milliseconds} ms`,
      );
      journal.fact('answered', seen.load.answered);
      journal.fact('highest replicas', seen.highestDesired);
      assert.equal(seen.load.answered, 45_000);
      assert.equal(seen.load.failed, 0);
      assert.equal(seen.highestDesired, 3);
      const average = seen.averageAtDecision ?? 0;
      assert.ok(
        average > 110 && average <= 130,
        `the HPA decided at ${average}`,
      );
      const hpa = await autoscalerOf(cluster, namespace, NAME);
      const { conditions } = hpa.status;
      assert.match(conditionOf(conditions, 'AbleToScale'), /^True/);
      assert.equal(
        conditionOf(conditions, 'ScalingActive'),
        'True ValidMetricFound',
      );
      assert.equal(
        conditionOf(conditions, 'ScalingLimited'),
        'False DesiredWithinRange',
      );
      for (const type of ['AbleToScale', 'ScalingActive', 'ScalingLimited']) {
        journal.fact(type, conditionOf(conditions, type).split(' ')[0]);
      }
      // A third of 250, as far as a busy machine sends them in time.
      const settled = seen.settledAverage ?? 0;
      assert.ok(settled >= 75 && settled <= 90, `it settled at ${settled}`);
    },
  );

  await journal.step('the rescale is an event of the HPA', async () => {
    await expectEvent(run, 'New size: 3');
  });

  await journal.step('it goes back to two when it is calm', async () => {
    await expectSettled(run, NAME, { replicas: 2, withinSeconds: 420 });
    await expectEvent(run, 'New size: 2');
    await cardWhenCalm(run, NAME);
  });
}

async function expectEvent(run: Run, text: string): Promise<void> {
  const { items } = await run.cluster.list(
    { apiVersion: 'v1', kind: 'Event' },
    {
      namespace: run.options.namespace,
      fieldSelector: `involvedObject.name=keda-hpa-${NAME},reason=SuccessfulRescale`,
    },
  );
  const messages = items.map(event => String(event.message));
  assert.ok(
    messages.some(message => message.startsWith(text)),
    messages.join('; '),
  );
}
