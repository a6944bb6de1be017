/**
 * Records `ten-autoscalers.json.gz` on a real cluster with KEDA. The cluster's
 * pods must reach this machine at the address that is given.
 *
 * Usage, with KUBECONFIG set and kubectl in the PATH:
 * node --require @backstage/cli-node/config/nodeTransform.cjs recordAutoscalers.ts <address> <file> [seconds]
 */
import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { RECORDED_CASES, type RecordedCase } from './recordedCases';

const NAMESPACE = 'record-autoscalers';
/** More than kubectl and KEDA take between two syncs, less than half a period. */
const NEAR_SECONDS = 2.5;
const SYNC_SECONDS = 15.005;

interface Query {
  name: string;
  atSeconds: number;
  value: number | 'fail' | 'empty';
}

interface AutoscalerStatus {
  desiredReplicas?: number;
  conditions?: { type: string; reason: string }[];
  currentMetrics?:
    | { external?: { current: { averageValue: string } } }[]
    | null;
}

interface State {
  name: string;
  atSeconds: number;
  status: AutoscalerStatus;
}

function kubectl(args: string[], objects?: object[]): string {
  return execFileSync('kubectl', args, {
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(objects && {
      input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
    }),
  });
}

async function autoscalers(): Promise<
  { metadata: { name: string }; status: AutoscalerStatus }[]
> {
  const { stdout } = await promisify(execFile)('kubectl', [
    ...['get', 'hpa', '--namespace', NAMESPACE, '--output', 'json'],
  ]);
  return JSON.parse(stdout).items;
}

/** Pods that no node takes: external metrics only look at how many there are. */
function deploymentOf({ name, replicas }: RecordedCase) {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          nodeSelector: { 'no-such-node': 'true' },
          containers: [{ name: 'pause', image: 'registry.k8s.io/pause:3.10' }],
        },
      },
    },
  };
}

/** Polled so rarely that every query but the first is a sync of the autoscaler. */
function specOf(
  { name, minReplicaCount, maxReplicaCount, threshold, behavior }: RecordedCase,
  server: string,
) {
  return {
    pollingInterval: 3000,
    minReplicaCount,
    maxReplicaCount,
    ...(behavior && {
      advanced: { horizontalPodAutoscalerConfig: { behavior } },
    }),
    triggers: [
      {
        type: 'prometheus',
        metricType: 'AverageValue',
        metadata: {
          serverAddress: `${server}/${name}`,
          query: 'rate',
          threshold,
        },
      },
    ],
  };
}

/** What each autoscaler was given and said, sync by sync. */
function stepsOf(
  { name }: RecordedCase,
  recorded: { queries: Query[]; states: State[]; seconds: number },
) {
  const [, ...queries] = recorded.queries.filter(query => query.name === name);
  const states = recorded.states.filter(state => state.name === name);
  const rows: unknown[] = [];
  let at = states[0]?.atSeconds ?? Infinity;
  for (; at < recorded.seconds; at += SYNC_SECONDS) {
    const moment = at;
    const query = queries.find(
      each => Math.abs(each.atSeconds - moment) < NEAR_SECONDS,
    );
    at = query?.atSeconds ?? at;
    const until = at + NEAR_SECONDS;
    const { status } = states.filter(each => each.atSeconds <= until).at(-1)!;
    const reasonOf = (type: string) =>
      status.conditions?.find(each => each.type === type)?.reason ?? null;
    const [metric] = status.currentMetrics ?? [];
    rows.push([
      Number(at.toFixed(2)),
      query?.value ?? null,
      status.desiredReplicas ?? 0,
      metric ? metric.external?.current.averageValue ?? '' : null,
      reasonOf('AbleToScale'),
      reasonOf('ScalingActive'),
      reasonOf('ScalingLimited'),
    ]);
  }
  return rows;
}

async function main(): Promise<void> {
  const [address, file, seconds = '1230'] = process.argv.slice(2);
  const queries: Query[] = [];
  const states: State[] = [];
  let startedAt = Date.now();
  const elapsed = () => (Date.now() - startedAt) / 1000;
  const server = createServer((request, response) => {
    const name = request.url?.split('/')[1] ?? '';
    const atSeconds = elapsed();
    const value =
      RECORDED_CASES.find(each => each.name === name)?.rate(atSeconds) ??
      'fail';
    queries.push({ name, atSeconds, value });
    response.statusCode = value === 'fail' ? 500 : 200;
    const result =
      typeof value === 'number'
        ? [{ metric: {}, value: [0, String(value)] }]
        : [];
    response.end(
      JSON.stringify({
        status: 'success',
        data: { resultType: 'vector', result },
      }),
    );
  });
  await new Promise<void>(resolve => {
    server.listen(0, address, resolve);
  });
  const url = `http://${address}:${(server.address() as AddressInfo).port}`;
  kubectl(['create', 'namespace', NAMESPACE]);
  kubectl(['apply', '-f', '-'], RECORDED_CASES.map(deploymentOf));
  await wait(5_000);

  startedAt = Date.now();
  kubectl(
    ['apply', '-f', '-'],
    RECORDED_CASES.map(each => ({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: each.name, namespace: NAMESPACE },
      spec: { scaleTargetRef: { name: each.name }, ...specOf(each, url) },
    })),
  );
  while (elapsed() < Number(seconds)) {
    for (const { metadata, status } of await autoscalers()) {
      if (status.conditions) {
        states.push({
          name: metadata.name.replace('keda-hpa-', ''),
          atSeconds: elapsed(),
          status,
        });
      }
    }
    await wait(1_000);
  }
  server.closeAllConnections();
  server.close();
  const recorded = { queries, states, seconds: Number(seconds) - 4 };
  writeFileSync(
    file,
    gzipSync(
      JSON.stringify({
        stepColumns: [
          'seconds',
          'value',
          'desiredReplicas',
          'averageValue',
          'AbleToScale',
          'ScalingActive',
          'ScalingLimited',
        ],
        cases: RECORDED_CASES.map(each => ({
          name: each.name,
          replicas: each.replicas,
          poll: queries.find(({ name }) => name === each.name)?.value,
          spec: specOf(each, 'http://prometheus.betting.svc:9090'),
          steps: stepsOf(each, recorded),
        })),
      }),
    ),
  );
  kubectl(['delete', 'namespace', NAMESPACE, '--wait=false']);
}

main().catch(error => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
