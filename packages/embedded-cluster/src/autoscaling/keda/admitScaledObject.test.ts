import { AutoscalingFixture } from '../__testUtils__/AutoscalingFixture';

describe('admitScaledObject', () => {
  let fixture: AutoscalingFixture;
  beforeEach(async () => {
    fixture = await AutoscalingFixture.start();
    fixture.deployment('odds-api', 2);
  });
  afterEach(() => fixture.stop());

  function denied(reason: string) {
    return expect.objectContaining({
      code: 403,
      reason: 'Forbidden',
      details: undefined,
      message: `admission webhook "vscaledobject.kb.io" denied the request: ${reason}`,
    });
  }

  it('refuses a second ScaledObject on one target', () => {
    fixture.scaledObject('odds-api');
    expect(() =>
      fixture.scaledObject('other', {
        scaleTargetRef: { apiVersion: 'apps/v1', name: 'odds-api' },
      }),
    ).toThrow(
      denied(
        "the workload 'odds-api' of type 'apps/v1.Deployment' is already managed by the ScaledObject 'odds-api'",
      ),
    );
  });

  function foreignAutoscaler(annotations: Record<string, string> = {}): void {
    fixture.create({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'foreign', namespace: 'betting', annotations },
      spec: {
        maxReplicas: 3,
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'odds-api',
        },
      },
    });
  }

  it('refuses a target that a foreign autoscaler has', () => {
    foreignAutoscaler();
    expect(() => fixture.scaledObject('odds-api')).toThrow(
      denied(
        "the workload 'odds-api' of type 'apps/v1.Deployment' is already managed by the hpa 'foreign'",
      ),
    );
  });

  it('lets an autoscaler be taken over that is named for it', () => {
    foreignAutoscaler();
    const annotations = {
      'scaledobject.keda.sh/transfer-hpa-ownership': 'true',
    };
    expect(() => fixture.scaledObject('odds-api', {}, { annotations })).toThrow(
      denied(
        "the existing hpa 'foreign' for workload 'odds-api' of type 'apps/v1.Deployment' must be specified by name in advanced settings to enable ownership transfer",
      ),
    );
    fixture.scaledObject(
      'odds-api',
      { advanced: { horizontalPodAutoscalerConfig: { name: 'foreign' } } },
      { annotations },
    );
  });

  it('overlooks an autoscaler that says so', () => {
    foreignAutoscaler({ 'validations.keda.sh/hpa-ownership': 'false' });
    expect(() => fixture.scaledObject('odds-api')).not.toThrow();
  });

  it('admits changes of an object whose autoscaler is its own', async () => {
    fixture.scaledObject('odds-api');
    await fixture.advance(1);
    fixture.annotate('odds-api', { note: 'changed' });
    expect(fixture.hpa('odds-api')).not.toBeUndefined();
  });

  it.each<[Record<string, unknown>, string]>([
    [
      { idleReplicaCount: 2 },
      'IdleReplicaCount=2 must be less than MinReplicaCount=2',
    ],
    [
      {
        triggers: [
          { type: 'prometheus', name: 'a', metadata: {} },
          { type: 'prometheus', name: 'a', metadata: {} },
        ],
      },
      'triggerName "a" is defined multiple times in the ScaledObject/ScaledJob, but it must be unique',
    ],
    [
      { scaleTargetRef: { kind: 'Nothing', name: 'x' } },
      'no matches for kind "Nothing" in version "apps/v1"',
    ],
  ])('refuses %j', (spec, reason) => {
    expect(() => fixture.scaledObject('odds-api', spec)).toThrow(
      denied(reason),
    );
  });

  it.each([
    [{ pollingInterval: 5 }, [/^PollingInterval is configured but is not/]],
    [{ cooldownPeriod: 5 }, [/^CooldownPeriod is configured but is not/]],
    [{ pollingInterval: 5, minReplicaCount: 0 }, []],
    [{ pollingInterval: 5, idleReplicaCount: 0 }, []],
  ])('warns of settings without effect: %j', (spec, expected) => {
    const warnings: string[] = [];
    const type = fixture.objects.typeOf('keda.sh/v1alpha1', 'ScaledObject')!;
    fixture.objects.create(
      type,
      {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: { name: 'odds-api', namespace: 'betting' },
        spec: {
          scaleTargetRef: { name: 'odds-api' },
          minReplicaCount: 2,
          maxReplicaCount: 10,
          triggers: [fixture.trigger('odds-api')],
          ...spec,
        },
      },
      {
        manager: 'test',
        user: { username: 'test', groups: [] },
        warn: text => warnings.push(text),
        dryRun: true,
      },
    );
    expect(warnings).toEqual(
      expected.map(pattern => expect.stringMatching(pattern)),
    );
  });
});
