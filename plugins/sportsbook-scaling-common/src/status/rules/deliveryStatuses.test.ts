import { object } from '../../__testUtils__/object';
import { computeStatus } from '../computeStatus';
import { ObjectStatus } from '../objectStatus';

const KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io/v1';

describe('the status of Flux’s objects', () => {
  it.each<[string, object, ObjectStatus]>([
    [
      'that Flux has not seen',
      { observedGeneration: -1 },
      {
        status: 'inProgress',
        message: 'its controller has seen generation -1 of 2',
      },
    ],
    [
      'without any condition',
      {},
      { status: 'inProgress', message: 'Flux has not seen it yet' },
    ],
    // Recorded with kustomize-controller 1.9: the number stays -1 until it succeeds.
    [
      'whose account may not write, with the reason',
      {
        observedGeneration: -1,
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            observedGeneration: 2,
            reason: 'ReconciliationFailed',
            message:
              'RoleBinding/d-flux/prometheus-flux-odds not found: rolebindings.rbac.authorization.k8s.io "prometheus-flux-odds" not found',
          },
        ],
      },
      {
        status: 'inProgress',
        message:
          'Ready is False: ReconciliationFailed: RoleBinding/d-flux/prometheus-flux-odds not found: rolebindings.rbac.authorization.k8s.io "prometheus-flux-odds" not found',
      },
    ],
    [
      'whose objects are not healthy so far',
      {
        observedGeneration: -1,
        conditions: [
          {
            type: 'Reconciling',
            status: 'True',
            observedGeneration: 2,
            reason: 'Progressing',
            message: 'Running health checks with a timeout of 5m0s',
          },
          {
            type: 'Ready',
            status: 'Unknown',
            observedGeneration: 2,
            reason: 'Progressing',
            message: 'Reconciliation in progress',
          },
        ],
      },
      {
        status: 'inProgress',
        message:
          'Reconciling is True: Progressing: Running health checks with a timeout of 5m0s',
      },
    ],
    [
      'that have stalled',
      {
        conditions: [
          { type: 'Stalled', status: 'True', reason: 'URLInvalid' },
          { type: 'Ready', status: 'False', reason: 'URLInvalid' },
        ],
      },
      { status: 'failed', message: 'Stalled is True: URLInvalid' },
    ],
    [
      'that are ready, with the revision',
      {
        observedGeneration: 2,
        lastAppliedRevision: 'main@sha1:c0ffee',
        conditions: [{ type: 'Ready', status: 'True' }],
      },
      { status: 'current', message: 'Ready at main@sha1:c0ffee' },
    ],
  ])('judges those %s', (_, status, expected) => {
    expect(
      computeStatus(object(KUSTOMIZATION, 'Kustomization', { status })),
    ).toEqual(expected);
  });

  it('takes the revision of a source from its artifact', () => {
    expect(
      computeStatus(
        object('source.toolkit.fluxcd.io/v1', 'GitRepository', {
          status: {
            observedGeneration: 2,
            artifact: { revision: 'main@sha1:c0ffee' },
            conditions: [{ type: 'Ready', status: 'True' }],
          },
        }),
      ),
    ).toEqual({ status: 'current', message: 'Ready at main@sha1:c0ffee' });
  });

  it('does not call current what is suspended', () => {
    expect(
      computeStatus(
        object(KUSTOMIZATION, 'Kustomization', {
          spec: { suspend: true },
          status: { conditions: [{ type: 'Ready', status: 'True' }] },
        }),
      ),
    ).toEqual({
      status: 'inProgress',
      message: 'suspended: Flux does nothing until it is resumed',
    });
  });
});

describe('the status of an Application', () => {
  it.each<[string, object | undefined, ObjectStatus]>([
    [
      'not seen',
      undefined,
      { status: 'inProgress', message: 'Argo CD has not seen it yet' },
    ],
    [
      'whose project forbids it',
      {
        conditions: [
          {
            type: 'InvalidSpecError',
            message: 'application references project betting which is missing',
          },
        ],
        sync: { status: 'Unknown' },
      },
      {
        status: 'inProgress',
        message:
          'InvalidSpecError: application references project betting which is missing',
      },
    ],
    [
      'that could not be synced',
      {
        sync: { status: 'OutOfSync' },
        health: { status: 'Missing' },
        operationState: { phase: 'Failed', message: 'services is forbidden' },
      },
      {
        status: 'inProgress',
        message: 'OutOfSync, last sync Failed: services is forbidden',
      },
    ],
    [
      'that is synced and still starts',
      {
        sync: { status: 'Synced', revision: 'c0ffee' },
        health: { status: 'Progressing', message: 'Waiting for rollout' },
      },
      {
        status: 'inProgress',
        message: 'Synced, Progressing: Waiting for rollout',
      },
    ],
    [
      'that is synced and healthy',
      {
        sync: { status: 'Synced', revision: 'c0ffee' },
        health: { status: 'Healthy' },
      },
      { status: 'current', message: 'Synced, Healthy at c0ffee' },
    ],
  ])('is told of one %s', (_, status, expected) => {
    expect(
      computeStatus(object('argoproj.io/v1alpha1', 'Application', { status })),
    ).toEqual(expected);
  });
});
