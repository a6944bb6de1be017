import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ApiNotInstalledError,
  ClusterForbiddenError,
  ClusterUnreachableError,
  PrometheusUnreachableError,
  UnknownClusterError,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { mockLogger } from '../__testUtils__/mockLogger';
import { SnapshotAccess } from '../access/SnapshotAccess';
import { FakeClusterClient } from '../__testUtils__/FakeClusterClient';
import {
  answer,
  clusterUnderLoad,
  deployment,
  hpa,
  objectsOwnedBy,
  scaledObject,
  UNDER_LOAD_AT,
  UNDER_LOAD_SUBJECT,
  UNDER_LOAD_TARGET,
} from '../__testUtils__/underLoad';
import { ScalingSnapshotService } from './ScalingSnapshotService';

function serviceFor(
  client: FakeClusterClient,
  options: { sourceTimeoutSeconds?: number; config?: JsonObject } = {},
) {
  const clock = { now: UNDER_LOAD_AT };
  const service = new ScalingSnapshotService({
    access: SnapshotAccess.fromConfig(
      new ConfigReader({ sportsbookScaling: options.config ?? {} }),
    ),
    clusters: { forCluster: () => client },
    prometheusLimits: { allowedAddresses: [], allowedNamespaces: [] },
    sourceTimeoutSeconds: options.sourceTimeoutSeconds ?? 3,
    keepStaleSeconds: 900,
    logger: mockLogger(),
    now: () => clock.now,
  });
  return {
    clock,
    take: (entityRef = UNDER_LOAD_SUBJECT.entityRef) =>
      service.take({ ...UNDER_LOAD_SUBJECT, entityRef }),
  };
}

const kedaMissing = new ApiNotInstalledError(
  'Cluster dev does not serve ScaledObject',
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
);

describe('a snapshot under load', () => {
  it('joins ScaledObject, autoscaler, workload, events and Prometheus', async () => {
    const snapshot = await serviceFor(clusterUnderLoad()).take();

    expect(snapshot).toMatchObject({
      target: UNDER_LOAD_TARGET,
      observedAt: UNDER_LOAD_AT,
      scaledObject: {
        status: 'ok',
        value: {
          minReplicas: 2,
          maxReplicas: 10,
          trigger: { requestsPerSecondPerReplica: 100 },
        },
      },
      autoscaler: {
        status: 'ok',
        value: { currentReplicas: 3, averageRequestsPerSecond: 83.334 },
      },
      workload: { status: 'ok', value: { readyReplicas: 3 } },
      requestsPerSecond: { status: 'ok', value: 250.25 },
    });
    expect(snapshot.verdict.state).toBe('holding');
    expect(snapshot.levels.scaleOutAboveRequestsPerSecond).toBeCloseTo(330, 0);
  });

  it('says so where the cluster calls itself the embedded one, and asks that once', async () => {
    const client = clusterUnderLoad({ gitVersion: 'v1.36.3+embedded' });
    const { take } = serviceFor(client);
    expect(await take()).toMatchObject({ embedded: true });
    await take();
    expect(client.asked.filter(call => call === 'version')).toHaveLength(1);
    expect(await serviceFor(clusterUnderLoad()).take()).not.toHaveProperty(
      'embedded',
    );
  });

  it('does without that answer', async () => {
    const client = clusterUnderLoad();
    client.fail('version', new ClusterUnreachableError('no answer', 'dev'));
    const snapshot = await serviceFor(client).take();
    expect(snapshot).not.toHaveProperty('embedded');
    expect(snapshot.scaledObject.status).toBe('ok');
  });

  it('lists the events of its own objects only', async () => {
    const { events } = await serviceFor(clusterUnderLoad()).take();

    expect(events).toMatchObject({
      status: 'ok',
      value: [{ kind: 'scaledOut', to: 3, reason: 'SuccessfulRescale' }],
    });
  });

  it('carries the history on to the present, without points that are no numbers', async () => {
    const { history } = await serviceFor(clusterUnderLoad()).take();

    const to = UNDER_LOAD_AT - (UNDER_LOAD_AT % 15);
    expect(history).toEqual({
      status: 'ok',
      observedAt: UNDER_LOAD_AT,
      value: {
        from: to - 1800,
        to: UNDER_LOAD_AT,
        stepSeconds: 15,
        requestsPerSecond: [
          { at: to - 15, requestsPerSecond: 240 },
          { at: to, requestsPerSecond: 240 },
          { at: UNDER_LOAD_AT, requestsPerSecond: 250.25 },
        ],
        replicas: [
          { at: to - 15, replicas: 2 },
          { at: to, replicas: 2 },
          { at: UNDER_LOAD_AT, replicas: 3 },
        ],
      },
    });
  });

  it('asks Prometheus the trigger’s own query through the cluster', async () => {
    const client = clusterUnderLoad();
    await serviceFor(client).take();

    const query = scaledObject.spec.triggers[0].metadata.query;
    expect(client.asked).toContain(
      `getRaw /api/v1/namespaces/rev/services/${encodeURIComponent(
        'http:prometheus-operated:9090',
      )}/proxy/api/v1/query?${new URLSearchParams({ query })}`,
    );
  });
});

describe('a source that fails', () => {
  it('leaves replicas and events when Prometheus is down', async () => {
    const client = clusterUnderLoad({
      prometheus: () => ({
        status: 503,
        contentType: 'application/json',
        text: JSON.stringify({
          kind: 'Status',
          status: 'Failure',
          message: 'no endpoints available for service "prometheus-operated"',
          reason: 'ServiceUnavailable',
          code: 503,
        }),
      }),
    });

    const snapshot = await serviceFor(client).take();

    expect(snapshot.requestsPerSecond).toMatchObject({
      status: 'unreachable',
      message: expect.stringContaining('no endpoints available'),
      since: UNDER_LOAD_AT,
    });
    expect(snapshot.history.status).toBe('unreachable');
    expect(snapshot.autoscaler).toMatchObject({
      status: 'ok',
      value: { currentReplicas: 3, desiredReplicas: 3 },
    });
    expect(snapshot.workload.status).toBe('ok');
    expect(snapshot.events.status).toBe('ok');
  });

  it('says that KEDA is not installed, and what follows from it', async () => {
    const client = clusterUnderLoad({ objects: [deployment] });
    client.fail('ScaledObject', kedaMissing);

    const snapshot = await serviceFor(client).take();

    expect(snapshot.scaledObject).toMatchObject({
      status: 'notInstalled',
      message: kedaMissing.message,
    });
    expect(snapshot.autoscaler.status).toBe('absent');
    expect(snapshot.workload).toMatchObject({
      status: 'notInstalled',
      message: expect.stringContaining('which workload is scaled'),
    });
    expect(snapshot.requestsPerSecond.status).toBe('notInstalled');
    expect(snapshot.history.status).toBe('notInstalled');
  });

  it('finds autoscaler and workload by KEDA’s label when the ScaledObject may not be read', async () => {
    const client = clusterUnderLoad();
    client.fail('ScaledObject', new ClusterForbiddenError('may not get'));

    const snapshot = await serviceFor(client).take();

    expect(snapshot.scaledObject).toMatchObject({
      status: 'forbidden',
      message: 'may not get',
    });
    expect(snapshot.autoscaler).toMatchObject({
      status: 'ok',
      value: { name: 'keda-hpa-sb-api' },
    });
    expect(snapshot.workload).toMatchObject({
      status: 'ok',
      value: { name: 'sb-api', readyReplicas: 3 },
    });
    expect(snapshot.events).toMatchObject({ value: [{ to: 3 }] });
    expect(snapshot.requestsPerSecond.status).toBe('forbidden');
  });

  it('is each part for itself when one kind is forbidden', async () => {
    const client = clusterUnderLoad();
    client.fail('Event', new ClusterForbiddenError('may not list events'));

    const snapshot = await serviceFor(client).take();

    expect(snapshot.events).toMatchObject({
      status: 'forbidden',
      message: 'may not list events',
    });
    expect(snapshot.autoscaler.status).toBe('ok');
    expect(snapshot.requestsPerSecond.status).toBe('ok');
  });

  it('is all of them when the cluster cannot be reached', async () => {
    const client = clusterUnderLoad();
    client.fail('*', new ClusterUnreachableError('connection refused'));

    const snapshot = await serviceFor(client).take();

    expect(statuses(snapshot)).toEqual({
      scaledObject: 'unreachable',
      autoscaler: 'unreachable',
      workload: 'unreachable',
      events: 'unreachable',
      requestsPerSecond: 'unreachable',
      history: 'unreachable',
    });
  });

  it('is all of them when Backstage does not know the cluster', async () => {
    const client = clusterUnderLoad();
    client.fail('*', new UnknownClusterError('knows no cluster dev'));

    const snapshot = await serviceFor(client).take();

    expect(new Set(Object.values(statuses(snapshot)))).toEqual(
      new Set(['failed']),
    );
    expect(snapshot.scaledObject).toMatchObject({
      message: 'knows no cluster dev',
    });
  });

  it('has its own time, so that a cluster that hangs does not hang the answer', async () => {
    const client = clusterUnderLoad();
    client.hold();

    const snapshot = await serviceFor(client, {
      sourceTimeoutSeconds: 0.05,
    }).take();

    expect(snapshot.scaledObject).toMatchObject({
      status: 'unreachable',
      message: 'The ScaledObject on cluster dev did not answer within 0.05 s.',
    });
    expect(snapshot.events.status).toBe('unreachable');
  });

  it('is absent, not zero, where the trigger’s query has no series', async () => {
    const client = clusterUnderLoad({
      prometheus: path =>
        answer(path.includes('query_range') ? 'matrix' : 'vector', []),
    });

    const snapshot = await serviceFor(client).take();

    expect(snapshot.requestsPerSecond).toMatchObject({ status: 'absent' });
    expect(snapshot.history).toMatchObject({
      status: 'ok',
      value: {
        requestsPerSecond: [],
        replicas: [{ at: UNDER_LOAD_AT, replicas: 3 }],
      },
    });
  });

  it('says so where the ScaledObject has no prometheus trigger', async () => {
    const onCpu: KubernetesObject = {
      ...scaledObject,
      spec: {
        ...scaledObject.spec,
        triggers: [{ type: 'cpu', metadata: { value: '60' } }],
      },
    };
    const client = clusterUnderLoad({ objects: [onCpu, hpa, deployment] });

    const snapshot = await serviceFor(client).take();

    expect(snapshot.requestsPerSecond).toMatchObject({
      status: 'absent',
      message: expect.stringContaining('no prometheus trigger'),
    });
    expect(snapshot.autoscaler.status).toBe('ok');
  });

  it('does not let a manifest choose a Prometheus of another namespace', async () => {
    const elsewhere: KubernetesObject = JSON.parse(
      JSON.stringify(scaledObject).replace(
        'http://prometheus-operated.rev.svc:9090',
        'http://prometheus-operated.other.svc:9090',
      ),
    );
    const client = clusterUnderLoad({ objects: [elsewhere, hpa, deployment] });

    const snapshot = await serviceFor(client).take();

    expect(snapshot.requestsPerSecond).toMatchObject({
      status: 'failed',
      message: expect.stringContaining(
        'Service other/prometheus-operated may not be asked',
      ),
    });
    expect(client.asked.filter(call => call.startsWith('getRaw'))).toEqual([]);
  });

  it('does not let a manifest choose which other host is asked', async () => {
    const elsewhere: KubernetesObject = JSON.parse(
      JSON.stringify(scaledObject).replace(
        'http://prometheus-operated.rev.svc:9090',
        'http://169.254.169.254',
      ),
    );
    const client = clusterUnderLoad({ objects: [elsewhere, hpa, deployment] });

    const snapshot = await serviceFor(client).take();

    expect(snapshot.requestsPerSecond).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('may not be asked'),
    });
  });
});

describe('a source that stops answering', () => {
  it('shows its last value as stale, with why, until it answers again', async () => {
    const client = clusterUnderLoad();
    const { clock, take } = serviceFor(client);
    await take();
    client.fail('prometheus', new PrometheusUnreachableError('gone'));
    clock.now += 60;

    expect((await take()).requestsPerSecond).toEqual({
      status: 'stale',
      value: 250.25,
      observedAt: UNDER_LOAD_AT,
      failure: 'unreachable',
      message: 'gone',
    });

    client.recover();
    clock.now += 60;
    expect((await take()).requestsPerSecond).toEqual({
      status: 'ok',
      value: 250.25,
      observedAt: UNDER_LOAD_AT + 120,
    });
  });

  it('does not move a stale history into the present', async () => {
    const client = clusterUnderLoad();
    const { clock, take } = serviceFor(client);
    await take();
    client.fail('prometheus', new PrometheusUnreachableError('gone'));
    clock.now += 60;

    const { history } = await take();

    expect(history).toMatchObject({
      status: 'stale',
      observedAt: UNDER_LOAD_AT,
      value: { to: UNDER_LOAD_AT - (UNDER_LOAD_AT % 15) },
    });
  });

  it('still leads to the others while the ScaledObject is stale', async () => {
    const client = clusterUnderLoad();
    const { clock, take } = serviceFor(client);
    await take();
    client.fail('ScaledObject', new ClusterUnreachableError('timeout'));
    clock.now += 60;

    const snapshot = await take();

    expect(snapshot.scaledObject.status).toBe('stale');
    expect(snapshot.autoscaler.status).toBe('ok');
    expect(snapshot.requestsPerSecond.status).toBe('ok');
  });
});

describe('an object that belongs to another entity', () => {
  const OTHER = 'component:default/somebody-else';
  const ALL_FORBIDDEN = {
    scaledObject: 'forbidden',
    autoscaler: 'forbidden',
    workload: 'forbidden',
    events: 'forbidden',
    requestsPerSecond: 'forbidden',
    history: 'forbidden',
  };

  it('is read no further than to its owner, and nothing of it is told but that', async () => {
    const client = clusterUnderLoad({ objects: objectsOwnedBy(OTHER) });

    const snapshot = await serviceFor(client).take();

    expect(client.asked).toEqual(['get ScaledObject rev/sb-api']);
    const reason =
      "ScaledObject rev/sb-api on cluster dev belongs to 'component:default/somebody-else', as its annotation sportsbook-scaling/entity-ref says, and not to component:default/sb-api.";
    const nextStep =
      "Look at the page of 'component:default/somebody-else'; or if it belongs to component:default/sb-api, annotate the ScaledObject with 'sportsbook-scaling/entity-ref: component:default/sb-api'.";
    const forbidden = {
      status: 'forbidden',
      message: `${reason} ${nextStep}`,
      since: UNDER_LOAD_AT,
    };
    expect(snapshot).toEqual({
      target: UNDER_LOAD_TARGET,
      observedAt: UNDER_LOAD_AT,
      scaledObject: forbidden,
      autoscaler: forbidden,
      workload: forbidden,
      events: forbidden,
      requestsPerSecond: forbidden,
      history: forbidden,
      levels: {},
      verdict: { state: 'unknown', sentence: reason, nextStep },
    });
  });

  it('is shown on the page of that entity', async () => {
    const client = clusterUnderLoad({ objects: objectsOwnedBy(OTHER) });

    const snapshot = await serviceFor(client, {
      config: { permissions: { read: 'owners' } },
    }).take(OTHER);

    expect(new Set(Object.values(statuses(snapshot)))).toEqual(new Set(['ok']));
  });

  it('is not shown by way of its autoscaler while the ScaledObject cannot be read', async () => {
    const client = clusterUnderLoad({ objects: objectsOwnedBy(OTHER) });
    client.fail('ScaledObject', new ClusterForbiddenError('may not get'));

    const snapshot = await serviceFor(client).take();

    expect(client.asked).toEqual([
      'get ScaledObject rev/sb-api',
      'list HorizontalPodAutoscaler rev',
    ]);
    expect(statuses(snapshot)).toEqual(ALL_FORBIDDEN);
    expect(snapshot.verdict.sentence).toContain(
      "HorizontalPodAutoscaler rev/keda-hpa-sb-api on cluster dev belongs to 'component:default/somebody-else'",
    );
  });

  it('is not shown from what its own entity’s page remembers', async () => {
    const client = clusterUnderLoad({ objects: objectsOwnedBy(OTHER) });
    const { take } = serviceFor(client);
    await take(OTHER);
    client.fail('*', new ClusterUnreachableError('connection refused'));

    expect((await take(OTHER)).scaledObject.status).toBe('stale');
    expect(new Set(Object.values(statuses(await take())))).toEqual(
      new Set(['unreachable']),
    );
  });

  it('is forgotten where it was shown before it changed hands', async () => {
    const objects = objectsOwnedBy(UNDER_LOAD_SUBJECT.entityRef);
    const client = clusterUnderLoad({ objects });
    const { take } = serviceFor(client);
    expect((await take()).events.status).toBe('ok');

    objects.splice(0, objects.length, ...objectsOwnedBy(OTHER));
    expect(statuses(await take())).toEqual(ALL_FORBIDDEN);

    client.fail('*', new ClusterUnreachableError('connection refused'));
    expect(new Set(Object.values(statuses(await take())))).toEqual(
      new Set(['unreachable']),
    );
  });

  it('may be anybody’s with owners, when it names nobody', async () => {
    const client = clusterUnderLoad();

    const snapshot = await serviceFor(client, {
      config: { permissions: { read: 'owners' } },
    }).take();

    expect(client.asked).toEqual(['get ScaledObject rev/sb-api']);
    expect(statuses(snapshot)).toEqual(ALL_FORBIDDEN);
    expect(snapshot.verdict.nextStep).toContain(
      'sportsbook-scaling/entity-ref: component:default/sb-api',
    );
  });

  it('leaves no events to be read once both of its objects are gone', async () => {
    const client = clusterUnderLoad({ objects: [deployment] });

    const snapshot = await serviceFor(client).take();

    expect(client.asked).toEqual([
      'get ScaledObject rev/sb-api',
      'list HorizontalPodAutoscaler rev',
      'version',
    ]);
    expect(snapshot.events).toMatchObject({
      status: 'absent',
      message: expect.stringContaining('which events belong to the service'),
    });
  });
});

describe('a cluster that people reach with their own tokens', () => {
  const withUserToken = { name: 'dev', access: 'userToken' };

  it('is not asked with the account that is configured for it', async () => {
    const client = clusterUnderLoad();

    const snapshot = await serviceFor(client, {
      config: { clusters: [withUserToken] },
    }).take();

    expect(client.asked).toEqual([]);
    expect(new Set(Object.values(statuses(snapshot)))).toEqual(
      new Set(['forbidden']),
    );
    expect(snapshot.verdict).toMatchObject({
      state: 'unknown',
      nextStep: expect.stringContaining("'snapshotAccess: sharedAccount'"),
    });
  });

  it('is asked once there is an account for that', async () => {
    const snapshot = await serviceFor(clusterUnderLoad(), {
      config: {
        clusters: [{ ...withUserToken, snapshotAccess: 'sharedAccount' }],
      },
    }).take();

    expect(snapshot.autoscaler.status).toBe('ok');
  });
});

function statuses(
  snapshot: Awaited<ReturnType<ScalingSnapshotService['take']>>,
) {
  const { scaledObject: so, autoscaler, workload, events } = snapshot;
  const { requestsPerSecond, history } = snapshot;
  return {
    scaledObject: so.status,
    autoscaler: autoscaler.status,
    workload: workload.status,
    events: events.status,
    requestsPerSecond: requestsPerSecond.status,
    history: history.status,
  };
}
