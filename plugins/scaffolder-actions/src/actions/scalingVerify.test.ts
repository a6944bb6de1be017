import { NotAllowedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { ScalingChainBrokenError } from '@sportsbook/plugin-sportsbook-scaling-node';
import {
  scaledObjectRef,
  scalingChain,
} from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { runAction } from '../__testUtils__/actionRun';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { createScalingVerifyAction } from './scalingVerify';

describe('scaling:verify', () => {
  let chain: Awaited<ReturnType<typeof scalingChain>>;
  let access: FakeClusterAccess;
  let asked: string[];
  const run = (
    input: JsonObject = {},
    options: { isDryRun?: boolean; signal?: AbortSignal } = {},
  ) =>
    runAction(
      createScalingVerifyAction({
        access,
        openPrometheus: ({ client, serverAddress, namespace }) => {
          asked.push(`${client.cluster} ${serverAddress} for ${namespace}`);
          return chain.prometheus;
        },
        nodeAddressOf: cluster => (cluster === 'dev' ? '127.0.0.1' : undefined),
      }),
      {
        input: {
          cluster: 'dev',
          namespace: 'betting',
          scaledObject: 'odds',
          ...input,
        },
        workspacePath: '/',
        ...options,
      },
    );

  beforeEach(async () => {
    chain = await scalingChain();
    access = new FakeClusterAccess(chain.client);
    asked = [];
  });

  it('hands on the report and where people reach service and Prometheus', async () => {
    chain.client.update(
      { apiVersion: 'v1', kind: 'Service', name: 'odds', namespace: 'betting' },
      service => {
        service.spec = {
          ...(service.spec as object),
          type: 'NodePort',
          ports: [{ port: 8080, nodePort: 30901 }],
        };
      },
    );
    const { outputs, lines } = await run();
    expect(outputs).toMatchObject({
      report: { requestsPerSecond: 12.34, autoscaler: { maxReplicas: 10 } },
      serviceUrl: 'http://127.0.0.1:30901',
      prometheusUrl: 'http://prometheus-odds.betting.svc:9090',
    });
    expect(lines.filter(line => line.startsWith('info'))).toHaveLength(8);
    expect(lines.filter(line => line.startsWith('warn'))).toEqual(
      (outputs.report as { warnings: string[] }).warnings.map(
        warning => `warn: ${warning}`,
      ),
    );
    expect(asked).toEqual([
      'fake http://prometheus-odds.betting.svc:9090 for betting',
    ]);
  });

  it('fails the step with the first broken link', async () => {
    chain.client.remove(scaledObjectRef);
    const verifying = run();
    await expect(verifying).rejects.toThrow(ScalingChainBrokenError);
    await expect(verifying).rejects.toThrow(
      'there is no ScaledObject betting/odds',
    );
  });

  it('returns at once in a dry run, with addresses that the service will have', async () => {
    const { outputs } = await run({}, { isDryRun: true });
    expect(outputs).toEqual({
      serviceUrl: 'http://odds.betting.svc:8080',
      prometheusUrl: 'http://prometheus-odds.betting.svc:9090',
    });
    expect(access.requests).toEqual([]);
  });

  it('asks before it opens the cluster', async () => {
    access = new FakeClusterAccess(chain.client, () => false);
    await expect(run()).rejects.toThrow(NotAllowedError);
    expect(access.requests).toEqual([
      {
        cluster: 'dev',
        namespaces: ['betting'],
        kinds: [],
        clusterScopedKinds: [],
      },
    ]);
  });

  it('stops when the task is cancelled', async () => {
    await expect(
      run({}, { signal: AbortSignal.abort(new Error('cancelled by hand')) }),
    ).rejects.toThrow('cancelled by hand');
  });
});
