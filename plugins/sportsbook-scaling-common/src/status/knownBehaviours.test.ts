/**
 * What tools that wait for objects agree on, kind by kind, told again with
 * objects of our own: the behaviours that kstatus' users rely on. Where ours is
 * stricter, or more patient, the sentence says so.
 *
 * https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
 */
import { object } from '../__testUtils__/object';
import { computeStatus } from './computeStatus';
import { ObjectStatus } from './objectStatus';

type Behaviour = [
  sentence: string,
  fields: Parameters<typeof object>[2],
  status: ObjectStatus['status'],
  message: string,
];

const seen = { observedGeneration: 2 };
const condition = (
  type: string,
  status: string,
  reason?: string,
  message?: string,
) => ({ type, status, reason, message });

function behaviours(apiVersion: string, kind: string, rows: Behaviour[]): void {
  it.each(rows)(`${kind}: %s`, (_, fields, status, message) => {
    expect(computeStatus(object(apiVersion, kind, fields))).toEqual({
      status,
      message,
    });
  });
}

describe('what is known of statuses', () => {
  behaviours('example.org/v1', 'Widget', [
    ['is current by existing', {}, 'current', 'exists'],
    [
      'is in progress while its controller has seen an older spec',
      { status: { observedGeneration: 1 } },
      'inProgress',
      'its controller has seen generation 1 of 2',
    ],
    [
      'goes by nothing where it has no generation',
      { metadata: { generation: undefined }, status: seen },
      'current',
      'exists',
    ],
    [
      'is terminating once deleted, whatever its conditions',
      {
        metadata: { deletionTimestamp: '2026-11-24T10:00:00Z' },
        status: { conditions: [condition('Ready', 'True')] },
      },
      'terminating',
      'being deleted since 2026-11-24T10:00:00Z',
    ],
    [
      'names the finalizers that hold its deletion',
      {
        metadata: {
          deletionTimestamp: '2026-11-24T10:00:00Z',
          finalizers: ['example.org/a', 'example.org/b'],
        },
      },
      'terminating',
      'being deleted since 2026-11-24T10:00:00Z, held by finalizers example.org/a, example.org/b',
    ],
    [
      'is in progress while it reconciles',
      { status: { conditions: [condition('Reconciling', 'True', 'Busy')] } },
      'inProgress',
      'Reconciling is True: Busy',
    ],
    [
      'has failed once it stalled',
      { status: { conditions: [condition('Stalled', 'True', 'Why', 'so')] } },
      'failed',
      'Stalled is True: Why: so',
    ],
    [
      'is not held up by conditions that are False',
      {
        status: {
          conditions: [
            condition('Stalled', 'False'),
            condition('Reconciling', 'False'),
          ],
        },
      },
      'current',
      'exists',
    ],
    [
      'is in progress while Ready is Unknown',
      { status: { conditions: [condition('Ready', 'Unknown')] } },
      'inProgress',
      'Ready is Unknown',
    ],
    [
      'is in progress while Ready is False, which controllers try to mend',
      { status: { conditions: [condition('Ready', 'False', 'NoBackend')] } },
      'inProgress',
      'Ready is False: NoBackend',
    ],
    [
      'does not look at conditions that it does not know',
      { status: { conditions: [condition('Synced', 'False')] } },
      'current',
      'exists',
    ],
  ]);

  const deployed = {
    ...seen,
    replicas: 2,
    updatedReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
    conditions: [
      condition('Progressing', 'True', 'NewReplicaSetAvailable'),
      condition('Available', 'True', 'MinimumReplicasAvailable'),
    ],
  };
  const two = { replicas: 2 };
  behaviours('apps/v1', 'Deployment', [
    [
      'is in progress without a status',
      {},
      'inProgress',
      'its controller has not seen it yet',
    ],
    [
      'is current when it progressed to the end and is available',
      { spec: two, status: deployed },
      'current',
      'Available 2/2',
    ],
    [
      'is current where no deadline makes its controller report progress',
      {
        spec: { replicas: 2, progressDeadlineSeconds: 2_147_483_647 },
        status: { ...deployed, conditions: [condition('Available', 'True')] },
      },
      'current',
      'Available 2/2',
    ],
    [
      'is in progress with fewer replicas than wanted',
      {
        spec: two,
        status: {
          ...deployed,
          replicas: 1,
          updatedReplicas: 1,
          readyReplicas: 1,
          availableReplicas: 1,
        },
      },
      'inProgress',
      'Updated 1/2',
    ],
    [
      'is in progress while its controller says that it is not available',
      {
        spec: two,
        status: {
          ...deployed,
          conditions: [
            condition('Available', 'False', 'MinimumReplicasUnavailable'),
          ],
        },
      },
      'inProgress',
      'Available is False: MinimumReplicasUnavailable',
    ],
    [
      'has failed once its deadline has passed, however many are available',
      {
        spec: two,
        status: {
          ...deployed,
          conditions: [
            condition('Progressing', 'False', 'ProgressDeadlineExceeded'),
            condition('Available', 'True'),
          ],
        },
      },
      'failed',
      'Progressing is False: ProgressDeadlineExceeded',
    ],
    [
      'says that its rollout is paused, since waiting will not end that',
      {
        spec: { replicas: 2, paused: true },
        status: { ...deployed, updatedReplicas: 0 },
      },
      'inProgress',
      'Updated 0/2: its rollout is paused by spec.paused',
    ],
    [
      'is in progress about an older generation, whatever its counts',
      { spec: two, status: { ...deployed, observedGeneration: 1 } },
      'inProgress',
      'its controller has seen generation 1 of 2',
    ],
  ]);

  behaviours('apps/v1', 'ReplicaSet', [
    [
      'is in progress without a status',
      { spec: two },
      'inProgress',
      'its controller has not seen it yet',
    ],
    [
      "is in progress while pods lack its template's labels",
      {
        spec: two,
        status: {
          ...seen,
          replicas: 2,
          fullyLabeledReplicas: 1,
          availableReplicas: 2,
        },
      },
      'inProgress',
      'With all labels 1/2',
    ],
    [
      'is in progress while fewer are available',
      {
        spec: two,
        status: {
          ...seen,
          replicas: 2,
          fullyLabeledReplicas: 2,
          availableReplicas: 1,
        },
      },
      'inProgress',
      'Available 1/2',
    ],
    [
      'is current when all are available',
      {
        spec: two,
        status: {
          ...seen,
          replicas: 2,
          fullyLabeledReplicas: 2,
          readyReplicas: 2,
          availableReplicas: 2,
        },
      },
      'current',
      'Available 2/2',
    ],
  ]);

  const four = { ...seen, replicas: 4, readyReplicas: 4, updatedReplicas: 4 };
  behaviours('apps/v1', 'StatefulSet', [
    [
      'is in progress without a status',
      { spec: { replicas: 4 } },
      'inProgress',
      'its controller has not seen it yet',
    ],
    [
      'is in progress with fewer ready than wanted',
      { spec: { replicas: 4 }, status: { ...four, readyReplicas: 2 } },
      'inProgress',
      'Ready 2/4',
    ],
    [
      'is in progress with fewer updated than wanted',
      { spec: { replicas: 4 }, status: { ...four, updatedReplicas: 2 } },
      'inProgress',
      'Updated 2/4',
    ],
    [
      'is in progress while pods too many end',
      { spec: { replicas: 3 }, status: four },
      'inProgress',
      '1 replicas too many',
    ],
    [
      'is current when all are ready and updated',
      { spec: { replicas: 4 }, status: four },
      'current',
      'Ready 4/4',
    ],
    [
      'is in progress until a partition has its updated pods',
      {
        spec: {
          replicas: 4,
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { partition: 1 },
          },
        },
        status: { ...four, updatedReplicas: 2 },
      },
      'inProgress',
      'Updated 2/3',
    ],
    [
      'still wants pods ready that are updated by hand, which is stricter',
      {
        spec: { replicas: 4, updateStrategy: { type: 'OnDelete' } },
        status: { ...four, readyReplicas: 3, updatedReplicas: 0 },
      },
      'inProgress',
      'Ready 3/4',
    ],
  ]);

  const everywhere = {
    ...seen,
    desiredNumberScheduled: 4,
    currentNumberScheduled: 4,
    updatedNumberScheduled: 4,
    numberReady: 4,
    numberAvailable: 4,
  };
  behaviours('apps/v1', 'DaemonSet', [
    [
      'is in progress while nobody has set the generation that was seen',
      { status: { ...everywhere, observedGeneration: undefined } },
      'inProgress',
      'its controller has not seen it yet',
    ],
    [
      'is in progress on fewer nodes than wanted',
      {
        status: {
          ...everywhere,
          currentNumberScheduled: 2,
          updatedNumberScheduled: 2,
        },
      },
      'inProgress',
      'Updated 2/4',
    ],
    [
      'is in progress with fewer available',
      { status: { ...everywhere, numberAvailable: 2 } },
      'inProgress',
      'Available 2/4',
    ],
    [
      'is in progress with fewer ready',
      { status: { ...everywhere, numberReady: 2 } },
      'inProgress',
      'Ready 2/4',
    ],
    [
      'is current on every node',
      { status: everywhere },
      'current',
      'Available 4/4',
    ],
    [
      'is current on older revisions where it is updated by hand',
      {
        spec: { updateStrategy: { type: 'OnDelete' } },
        status: { ...everywhere, updatedNumberScheduled: 0 },
      },
      'current',
      'Available 4/4',
    ],
    [
      'is current where no node wants one',
      { status: { ...seen, desiredNumberScheduled: 0 } },
      'current',
      'Available 0/0',
    ],
  ]);

  behaviours('v1', 'Pod', [
    ['is in progress without a phase', {}, 'inProgress', 'Pending'],
    [
      'is current when it runs and is ready',
      {
        status: { phase: 'Running', conditions: [condition('Ready', 'True')] },
      },
      'current',
      'Ready',
    ],
    [
      'is in progress when it runs and is not ready',
      {
        status: { phase: 'Running', conditions: [condition('Ready', 'False')] },
      },
      'inProgress',
      'Running, Ready is False',
    ],
    [
      'is current when it has run to its end',
      {
        status: {
          phase: 'Succeeded',
          conditions: [condition('Ready', 'False', 'PodCompleted')],
        },
      },
      'current',
      'Succeeded',
    ],
    [
      'has failed when its end was no success, which is stricter',
      {
        status: {
          phase: 'Failed',
          conditions: [condition('Ready', 'False', 'PodCompleted')],
        },
      },
      'failed',
      'Failed',
    ],
    [
      'is in progress while no node takes it, since nodes may be added',
      {
        status: {
          phase: 'Pending',
          conditions: [condition('PodScheduled', 'False', 'Unschedulable')],
        },
      },
      'inProgress',
      'PodScheduled is False: Unschedulable',
    ],
    [
      'is in progress while it crashes, since what it lacks may come',
      {
        status: {
          phase: 'Running',
          conditions: [condition('Ready', 'False')],
          containerStatuses: [
            {
              name: 'api',
              state: { waiting: { reason: 'CrashLoopBackOff' } },
              lastState: { terminated: { exitCode: 1, reason: 'Error' } },
            },
          ],
        },
      },
      'inProgress',
      'container api waits: CrashLoopBackOff (last exit code 1)',
    ],
    [
      'names the init container that crashes',
      {
        status: {
          phase: 'Pending',
          initContainerStatuses: [
            {
              name: 'migrate',
              state: { waiting: { reason: 'CrashLoopBackOff' } },
            },
          ],
        },
      },
      'inProgress',
      'container migrate waits: CrashLoopBackOff',
    ],
  ]);

  behaviours('batch/v1', 'Job', [
    [
      'is in progress before it starts',
      {},
      'inProgress',
      'Succeeded 0/1, 0 active, 0 failed',
    ],
    [
      'is in progress while it runs, which is stricter',
      { status: { startTime: '2026-11-24T10:00:00Z', active: 1 } },
      'inProgress',
      'Succeeded 0/1, 1 active, 0 failed',
    ],
    [
      'wants as many to succeed as run at once, where nobody says how many',
      { spec: { parallelism: 3 }, status: { active: 1, succeeded: 2 } },
      'inProgress',
      'Succeeded 2/3, 1 active, 0 failed',
    ],
    [
      'is current when complete',
      { status: { succeeded: 1, conditions: [condition('Complete', 'True')] } },
      'current',
      'Succeeded 1/1',
    ],
    [
      'has failed when it gave up',
      {
        status: {
          failed: 4,
          conditions: [condition('Failed', 'True', 'BackoffLimitExceeded')],
        },
      },
      'failed',
      'Failed is True: BackoffLimitExceeded',
    ],
    [
      'is not failed by a condition that is False',
      { status: { active: 1, conditions: [condition('Failed', 'False')] } },
      'inProgress',
      'Succeeded 0/1, 1 active, 0 failed',
    ],
    [
      'is current when its own spec suspends it',
      {
        spec: { suspend: true },
        status: { conditions: [condition('Suspended', 'True')] },
      },
      'current',
      'Suspended is True',
    ],
  ]);
  behaviours('batch/v1', 'CronJob', [
    ['is current by existing', {}, 'current', 'exists'],
    [
      'is current whenever it ran last',
      { status: { lastScheduleTime: '2026-11-24T10:00:00Z' } },
      'current',
      'exists',
    ],
  ]);

  behaviours('v1', 'Service', [
    ['is current without a type', {}, 'current', 'ClusterIP'],
    [
      'is current with a node port',
      { spec: { type: 'NodePort' } },
      'current',
      'NodePort',
    ],
    [
      'is current as another name',
      { spec: { type: 'ExternalName' } },
      'current',
      'ExternalName',
    ],
    [
      'is in progress until its load balancer has an address, which is stricter',
      {
        spec: { type: 'LoadBalancer', clusterIP: '10.0.0.7' },
        status: { loadBalancer: {} },
      },
      'inProgress',
      'its load balancer has no address yet',
    ],
    [
      'is current once its load balancer has a name',
      {
        spec: { type: 'LoadBalancer' },
        status: { loadBalancer: { ingress: [{ hostname: 'lb.example.com' }] } },
      },
      'current',
      'LoadBalancer',
    ],
  ]);

  behaviours('v1', 'PersistentVolumeClaim', [
    [
      'is in progress without a phase',
      {},
      'inProgress',
      'Pending: no volume of the default storage class is bound yet',
    ],
    [
      'is current when bound',
      { status: { phase: 'Bound' } },
      'current',
      'Bound',
    ],
  ]);

  behaviours('policy/v1', 'PodDisruptionBudget', [
    [
      'is in progress while an older spec was counted',
      { status: { observedGeneration: 1, disruptionsAllowed: 1 } },
      'inProgress',
      'its controller has seen generation 1 of 2',
    ],
    [
      'is current when counted, however few pods are healthy',
      { status: { ...seen, currentHealthy: 1, desiredHealthy: 2 } },
      'current',
      '0 disruptions allowed',
    ],
  ]);

  behaviours('apiextensions.k8s.io/v1', 'CustomResourceDefinition', [
    [
      'is in progress without a status',
      {},
      'inProgress',
      'not established yet',
    ],
    [
      'is in progress while it installs',
      {
        status: {
          conditions: [
            condition('NamesAccepted', 'True', 'NoConflicts'),
            condition('Established', 'False', 'Installing'),
          ],
        },
      },
      'inProgress',
      'Established is False: Installing',
    ],
    [
      'has failed when its names are taken',
      {
        status: {
          conditions: [
            condition('NamesAccepted', 'False', 'KindConflict', 'taken'),
            condition('Established', 'False', 'NotAccepted'),
          ],
        },
      },
      'failed',
      'NamesAccepted is False: KindConflict: taken',
    ],
    [
      'is current once established',
      {
        status: {
          conditions: [
            condition('NamesAccepted', 'True'),
            condition('Established', 'True', 'InitialNamesAccepted'),
          ],
        },
      },
      'current',
      'Established',
    ],
  ]);

  const refused = {
    status: {
      bindings: [
        {
          resource: 'prometheuses',
          namespace: 'betting',
          name: 'odds-api',
          conditions: [condition('Accepted', 'False', 'Invalid', 'bad regex')],
        },
      ],
    },
  };
  for (const kind of ['PodMonitor', 'Probe', 'PrometheusRule']) {
    behaviours('monitoring.coreos.com/v1', kind, [
      [
        'is current where its operator writes no status',
        {},
        'current',
        'exists',
      ],
      [
        'has failed where a server refuses it',
        refused,
        'failed',
        'prometheuses betting/odds-api: Accepted is False: Invalid: bad regex',
      ],
    ]);
  }
  behaviours('monitoring.coreos.com/v1', 'Alertmanager', [
    [
      'is in progress until its operator has looked at it',
      {},
      'inProgress',
      'the Prometheus operator has not set Reconciled yet',
    ],
  ]);

  for (const [apiVersion, kind] of [
    ['v1', 'ConfigMap'],
    ['v1', 'Secret'],
    ['v1', 'ServiceAccount'],
    ['rbac.authorization.k8s.io/v1', 'Role'],
    ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['keda.sh/v1alpha1', 'TriggerAuthentication'],
  ]) {
    behaviours(apiVersion, kind, [
      ['is what it is once stored', {}, 'current', 'exists'],
    ]);
  }
});
