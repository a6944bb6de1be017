import { readFixture } from '../__testUtils__/fixtures';
import { object } from '../__testUtils__/object';
import { readScaledObject } from './readScaledObject';

const read = (state: string) =>
  readScaledObject(readFixture(`states/${state}.scaledobject.json`));

const scaledObject = (
  trigger: Record<string, unknown>,
  annotations?: Record<string, string>,
) =>
  object('keda.sh/v1alpha1', 'ScaledObject', {
    metadata: { annotations },
    spec: { scaleTargetRef: { name: 'odds-api' }, triggers: [trigger] },
  });

const metadata = {
  query: 'up',
  serverAddress: 'http://p:9090',
  threshold: '100',
};

describe('readScaledObject', () => {
  it('reads bounds, trigger, fallback and conditions of a recorded one', () => {
    expect(read('prometheus-down-fallback')).toEqual({
      name: 'st-kill-fb',
      scaleTarget: { kind: 'Deployment', name: 'st-kill-fb' },
      minReplicas: 2,
      maxReplicas: 10,
      trigger: {
        query:
          'sum(rate(http_server_requests_seconds_count{namespace="rev-r",service="sb-api",uri="/api"}[1m]))',
        serverAddress: 'http://prometheus-operated.rev-r.svc:9090',
        requestsPerSecondPerReplica: 100,
      },
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'ScaledObjectReady',
          message: 'ScaledObject is defined correctly and is ready for scaling',
        },
        {
          type: 'Active',
          status: 'True',
          reason: 'ScalerActive',
          message: 'Scaling is performed because triggers are active',
        },
        {
          type: 'Fallback',
          status: 'True',
          reason: 'FallbackExists',
          message: 'At least one trigger is falling back on this scaled object',
        },
        { type: 'Paused', status: 'False' },
        {
          type: 'HPAActive',
          status: 'True',
          reason: 'HPAActive',
          message: 'HPA is actively scaling',
        },
      ],
      paused: undefined,
      fallback: { replicas: 4, failureThreshold: 3, active: true },
      hpaName: 'keda-hpa-st-kill-fb',
    });
  });

  it.each([
    ['paused', { how: 'all', annotations: ['autoscaling.keda.sh/paused'] }],
    [
      'paused-replicas',
      {
        how: 'all',
        replicas: 3,
        annotations: ['autoscaling.keda.sh/paused-replicas'],
      },
    ],
    [
      'paused-scale-in',
      { how: 'scaleIn', annotations: ['autoscaling.keda.sh/paused-scale-in'] },
    ],
    [
      'paused-scale-out',
      {
        how: 'scaleOut',
        annotations: ['autoscaling.keda.sh/paused-scale-out'],
      },
    ],
    ['fresh', undefined],
  ])('knows how the state %s is paused', (state, paused) => {
    expect(read(state).paused).toEqual(paused);
  });

  it("reads annotations' values as KEDA does: only a false one does not pause", () => {
    const paused = (value: string) =>
      readScaledObject(
        scaledObject(
          { type: 'prometheus', metadata },
          { 'autoscaling.keda.sh/paused': value },
        ),
      ).paused;
    expect(paused('false')).toBeUndefined();
    expect(paused('0')).toBeUndefined();
    expect(paused('true')).toMatchObject({ how: 'all' });
    expect(paused('maintenance')).toMatchObject({ how: 'all' });
  });

  it('takes both directions paused as all paused', () => {
    expect(
      readScaledObject(
        scaledObject(
          { type: 'prometheus', metadata },
          {
            'autoscaling.keda.sh/paused-scale-in': 'true',
            'autoscaling.keda.sh/paused-scale-out': 'true',
          },
        ),
      ).paused,
    ).toEqual({
      how: 'all',
      annotations: [
        'autoscaling.keda.sh/paused-scale-in',
        'autoscaling.keda.sh/paused-scale-out',
      ],
    });
  });

  it("fills in KEDA's defaults", () => {
    expect(
      readScaledObject(scaledObject({ type: 'cron', metadata: {} })),
    ).toMatchObject({
      scaleTarget: { kind: 'Deployment', name: 'odds-api' },
      minReplicas: 0,
      maxReplicas: 100,
      conditions: [],
    });
  });

  it.each([
    ['of another type', { type: 'cron', metadata }],
    [
      'whose threshold is a total',
      { type: 'prometheus', metricType: 'Value', metadata },
    ],
    [
      'without a query',
      {
        type: 'prometheus',
        metadata: { serverAddress: 'http://p:9090', threshold: '100' },
      },
    ],
    [
      'whose threshold is no number',
      { type: 'prometheus', metadata: { ...metadata, threshold: 'abc' } },
    ],
  ])('follows no trigger %s', (_, trigger) => {
    expect(readScaledObject(scaledObject(trigger)).trigger).toBeUndefined();
  });
});
