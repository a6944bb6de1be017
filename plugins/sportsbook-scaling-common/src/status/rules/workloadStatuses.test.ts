import { object } from '../../__testUtils__/object';
import { computeStatus } from '../computeStatus';
import { ObjectStatus } from '../objectStatus';

const UNSEEN: ObjectStatus = {
  status: 'inProgress',
  message: 'its controller has not seen it yet',
};

type Case = [
  situation: string,
  spec: unknown,
  status: unknown,
  expected: ObjectStatus,
];

const seen = { observedGeneration: 2 };

const whole = {
  ...seen,
  replicas: 3,
  updatedReplicas: 3,
  readyReplicas: 3,
  availableReplicas: 3,
};

describe('the status of a Deployment', () => {
  it.each<Case>([
    ['nobody has looked at', { replicas: 0 }, {}, UNSEEN],
    [
      'in the middle of a rollout',
      { replicas: 3 },
      { ...whole, updatedReplicas: 1 },
      { status: 'inProgress', message: 'Updated 1/3' },
    ],
    [
      'with a pod that is not ready',
      { replicas: 3 },
      { ...whole, readyReplicas: 2, availableReplicas: 2 },
      { status: 'inProgress', message: 'Ready 2/3' },
    ],
    [
      'with a pod that is ready but not available',
      { replicas: 3 },
      { ...whole, availableReplicas: 2 },
      { status: 'inProgress', message: 'Available 2/3' },
    ],
    [
      'with old replicas left',
      { replicas: 3 },
      { ...whole, replicas: 4 },
      {
        status: 'inProgress',
        message: '1 replicas of an older revision or size are still there',
      },
    ],
    [
      'whose pods are refused',
      { replicas: 3 },
      {
        ...seen,
        conditions: [
          {
            type: 'ReplicaFailure',
            status: 'True',
            reason: 'FailedCreate',
            message: 'pods "odds-api-1" is forbidden: exceeded quota',
          },
        ],
      },
      {
        status: 'inProgress',
        message:
          'Updated 0/3: ReplicaFailure is True: FailedCreate: pods "odds-api-1" is forbidden: exceeded quota',
      },
    ],
    [
      'that ran out of time',
      { replicas: 3 },
      {
        ...whole,
        updatedReplicas: 1,
        conditions: [
          {
            type: 'Progressing',
            status: 'False',
            reason: 'ProgressDeadlineExceeded',
            message: 'ReplicaSet "odds-api-5" has timed out progressing.',
          },
        ],
      },
      {
        status: 'failed',
        message:
          'Progressing is False: ProgressDeadlineExceeded: ReplicaSet "odds-api-5" has timed out progressing.',
      },
    ],
    [
      'without spec.replicas',
      {},
      {
        ...seen,
        replicas: 1,
        updatedReplicas: 1,
        readyReplicas: 1,
        availableReplicas: 1,
      },
      { status: 'current', message: 'Available 1/1' },
    ],
    [
      'scaled to 0',
      { replicas: 0 },
      seen,
      { status: 'current', message: 'Available 0/0' },
    ],
  ])('%s', (_, spec, status, expected) => {
    expect(
      computeStatus(object('apps/v1', 'Deployment', { spec, status })),
    ).toEqual(expected);
  });
});

describe('the status of a ReplicaSet', () => {
  it.each<Case>([
    ['nobody has looked at', {}, undefined, UNSEEN],
    [
      'that cannot make pods',
      { replicas: 1 },
      {
        ...seen,
        conditions: [
          { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' },
        ],
      },
      {
        status: 'inProgress',
        message: 'ReplicaFailure is True: FailedCreate',
      },
    ],
    [
      'with too few',
      { replicas: 2 },
      { ...seen, replicas: 2, availableReplicas: 1 },
      { status: 'inProgress', message: 'Available 1/2' },
    ],
    [
      'with too many',
      { replicas: 1 },
      { ...seen, replicas: 3, availableReplicas: 3 },
      { status: 'inProgress', message: '2 replicas too many' },
    ],
    [
      'with just as many',
      { replicas: 2 },
      { ...seen, replicas: 2, availableReplicas: 2 },
      { status: 'current', message: 'Available 2/2' },
    ],
  ])('%s', (_, spec, status, expected) => {
    expect(
      computeStatus(object('apps/v1', 'ReplicaSet', { spec, status })),
    ).toEqual(expected);
  });
});

describe('the status of a StatefulSet', () => {
  it.each<Case>([
    ['nobody has looked at', {}, {}, UNSEEN],
    [
      'with a pod of an older revision',
      { replicas: 3 },
      { ...whole, updatedReplicas: 2 },
      { status: 'inProgress', message: 'Updated 2/3' },
    ],
    [
      'that keeps a partition at the older revision',
      {
        replicas: 3,
        updateStrategy: {
          type: 'RollingUpdate',
          rollingUpdate: { partition: 1 },
        },
      },
      { ...whole, updatedReplicas: 2 },
      { status: 'current', message: 'Ready 3/3' },
    ],
    [
      'that is updated by hand',
      { replicas: 3, updateStrategy: { type: 'OnDelete' } },
      { ...whole, updatedReplicas: 0 },
      { status: 'current', message: 'Ready 3/3' },
    ],
    [
      'that shrinks',
      { replicas: 2 },
      whole,
      { status: 'inProgress', message: '1 replicas too many' },
    ],
  ])('%s', (_, spec, status, expected) => {
    expect(
      computeStatus(object('apps/v1', 'StatefulSet', { spec, status })),
    ).toEqual(expected);
  });
});

describe('the status of a DaemonSet', () => {
  const everywhere = {
    ...seen,
    desiredNumberScheduled: 2,
    updatedNumberScheduled: 2,
    numberReady: 2,
    numberAvailable: 2,
  };

  it.each<Case>([
    ['nobody has looked at', {}, {}, UNSEEN],
    [
      'in the middle of a rollout',
      {},
      { ...everywhere, updatedNumberScheduled: 1 },
      { status: 'inProgress', message: 'Updated 1/2' },
    ],
    [
      'with an unready pod',
      {},
      { ...everywhere, numberReady: 1, numberAvailable: 1 },
      { status: 'inProgress', message: 'Ready 1/2' },
    ],
    [
      'on every node',
      {},
      everywhere,
      { status: 'current', message: 'Available 2/2' },
    ],
  ])('%s', (_, spec, status, expected) => {
    expect(
      computeStatus(object('apps/v1', 'DaemonSet', { spec, status })),
    ).toEqual(expected);
  });
});

describe('the status of a Job', () => {
  it.each<Case>([
    [
      'nobody has looked at',
      {},
      {},
      { status: 'inProgress', message: 'Succeeded 0/1, 0 active, 0 failed' },
    ],
    [
      'that runs',
      { completions: 3 },
      { active: 1, succeeded: 1, failed: 2 },
      { status: 'inProgress', message: 'Succeeded 1/3, 1 active, 2 failed' },
    ],
    [
      'that is done',
      { completions: 3 },
      { succeeded: 3, conditions: [{ type: 'Complete', status: 'True' }] },
      { status: 'current', message: 'Succeeded 3/3' },
    ],
    [
      'that gave up',
      {},
      {
        failed: 7,
        conditions: [
          {
            type: 'Failed',
            status: 'True',
            reason: 'BackoffLimitExceeded',
            message: 'Job has reached the specified backoff limit',
          },
        ],
      },
      {
        status: 'failed',
        message:
          'Failed is True: BackoffLimitExceeded: Job has reached the specified backoff limit',
      },
    ],
    [
      'that somebody else than its spec suspends',
      {},
      {
        conditions: [
          { type: 'Suspended', status: 'True', reason: 'JobSuspended' },
        ],
      },
      { status: 'inProgress', message: 'Suspended is True: JobSuspended' },
    ],
  ])('%s', (_, spec, status, expected) => {
    expect(computeStatus(object('batch/v1', 'Job', { spec, status }))).toEqual(
      expected,
    );
  });
});
