import { readFixtureItems } from '../../__testUtils__/fixtures';
import { object } from '../../__testUtils__/object';
import { ObjectStatus } from '../objectStatus';
import { podStatus } from './podStatus';

const waiting = (reason: string, message?: string, exitCode?: number) => ({
  phase: 'Pending',
  containerStatuses: [
    {
      name: 'api',
      state: { waiting: { reason, message } },
      lastState: exitCode === undefined ? {} : { terminated: { exitCode } },
    },
  ],
});

describe('podStatus', () => {
  it('takes the recorded running pods as current', () => {
    const statuses = readFixtureItems('objects/pods-sb-api.json').map(pod =>
      podStatus({ ...object('v1', 'Pod'), ...Object(pod) }),
    );
    expect(statuses).toEqual([
      { status: 'current', message: 'Ready' },
      { status: 'current', message: 'Ready' },
    ]);
  });

  it.each<[string, unknown, ObjectStatus]>([
    ['just made', undefined, { status: 'inProgress', message: 'Pending' }],
    [
      'that fits on no node',
      {
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/1 nodes are available: 1 Insufficient cpu.',
          },
        ],
      },
      {
        status: 'inProgress',
        message:
          'PodScheduled is False: Unschedulable: 0/1 nodes are available: 1 Insufficient cpu.',
      },
    ],
    [
      'whose image cannot be pulled',
      waiting('ImagePullBackOff', 'Back-off pulling image "reg/odds:1"'),
      {
        status: 'inProgress',
        message:
          'container api waits: ImagePullBackOff: Back-off pulling image "reg/odds:1"',
      },
    ],
    [
      'that crashes',
      waiting('CrashLoopBackOff', 'back-off 10s restarting', 137),
      {
        status: 'inProgress',
        message:
          'container api waits: CrashLoopBackOff: back-off 10s restarting (last exit code 137)',
      },
    ],
    [
      'with an image name that is none',
      waiting('InvalidImageName'),
      { status: 'failed', message: 'container api waits: InvalidImageName' },
    ],
    [
      'whose containers are being made',
      waiting('ContainerCreating'),
      { status: 'inProgress', message: 'Pending' },
    ],
    [
      'that fails its readiness probe',
      {
        phase: 'Running',
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'ContainersNotReady',
            message: 'containers with unready status: [api]',
          },
        ],
      },
      {
        status: 'inProgress',
        message:
          'Running, Ready is False: ContainersNotReady: containers with unready status: [api]',
      },
    ],
    [
      'that has run to its end',
      { phase: 'Succeeded' },
      { status: 'current', message: 'Succeeded' },
    ],
    [
      'that was evicted',
      {
        phase: 'Failed',
        reason: 'Evicted',
        message: 'The node was low on memory.',
      },
      {
        status: 'failed',
        message: 'Failed: Evicted: The node was low on memory.',
      },
    ],
  ])('judges a pod %s', (_, status, expected) => {
    expect(podStatus(object('v1', 'Pod', { status }))).toEqual(expected);
  });
});
