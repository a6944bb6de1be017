import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { SnapshotAccess } from './SnapshotAccess';

const subject = {
  entityRef: 'component:default/odds-api',
  target: { cluster: 'dev', namespace: 'betting', scaledObject: 'odds-api' },
};

function accessWith(sportsbookScaling: JsonObject = {}) {
  return SnapshotAccess.fromConfig(new ConfigReader({ sportsbookScaling }));
}

function ownedBy(entityRef: string | undefined) {
  return {
    object: {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      namespace: 'betting',
      name: 'odds-api',
    },
    entityRef,
  };
}

describe.each(['everyone', 'owners'])('with read: %s, an object', read => {
  const access = accessWith({ permissions: { read } });

  it.each([
    'component:default/odds-api',
    'Component:default/Odds-API',
    'component:odds-api',
  ])('that names the entity as %s is shown there', written => {
    expect(access.objectRefusal(subject, ownedBy(written))).toBeUndefined();
  });

  it.each([
    'component:default/odds',
    'component:other/odds-api',
    'resource:default/odds-api',
    'odds-api',
    'component:default/odds-api,component:default/other',
  ])('that names %s is shown only where that is', written => {
    expect(access.objectRefusal(subject, ownedBy(written))).toEqual({
      reason: `ScaledObject betting/odds-api on cluster dev belongs to '${written}', as its annotation sportsbook-scaling/entity-ref says, and not to component:default/odds-api.`,
      nextStep: `Look at the page of '${written}'; or if it belongs to component:default/odds-api, annotate the ScaledObject with 'sportsbook-scaling/entity-ref: component:default/odds-api'.`,
    });
  });
});

describe('an object that names no entity', () => {
  const unowned = ownedBy(undefined);

  it('is shown while everyone may see everything, which is the default', () => {
    expect(accessWith().objectRefusal(subject, unowned)).toBeUndefined();
  });

  it('is not shown with owners; the annotation that is missing is named', () => {
    const access = accessWith({ permissions: { read: 'owners' } });
    expect(access.objectRefusal(subject, unowned)).toEqual({
      reason:
        "ScaledObject betting/odds-api on cluster dev does not say which entity it belongs to, and with 'sportsbookScaling.permissions.read: owners' it is not shown until it does.",
      nextStep:
        "If it belongs to component:default/odds-api, annotate the ScaledObject with 'sportsbook-scaling/entity-ref: component:default/odds-api'.",
    });
  });
});

describe('a cluster', () => {
  const access = accessWith({
    clusters: [
      { name: 'shared' },
      { name: 'personal', access: 'userToken' },
      {
        name: 'both',
        access: 'userToken',
        snapshotAccess: 'sharedAccount',
      },
      { name: 'unseen', snapshotAccess: 'none' },
    ],
  });

  it.each(['shared', 'both', 'not-listed'])(
    'may be asked where an account is configured for it: %s',
    cluster => {
      expect(access.clusterRefusal(cluster)).toBeUndefined();
    },
  );

  it.each([
    ['personal', 'userToken'],
    ['unseen', 'sharedAccount'],
  ])(
    'is not asked with an account that is not meant for it: %s',
    (name, by) => {
      expect(access.clusterRefusal(name)).toEqual({
        reason: `There is no account to look at scaling with on cluster ${name}: sportsbookScaling.clusters has 'access: ${by}' and 'snapshotAccess: none' for it.`,
        nextStep: expect.stringContaining("'snapshotAccess: sharedAccount'"),
      });
    },
  );
});

describe('settings that cannot be used', () => {
  it('stop the backend at its start', () => {
    expect(() => accessWith({ permissions: { read: 'owner' } })).toThrow(
      "'sportsbookScaling.permissions.read' is 'owner'; it can be everyone or owners",
    );
  });
});
