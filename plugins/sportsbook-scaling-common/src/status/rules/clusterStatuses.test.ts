import { object } from '../../__testUtils__/object';
import { computeStatus } from '../computeStatus';
import { ObjectStatus } from '../objectStatus';

type Case = [
  situation: string,
  apiVersion: string,
  kind: string,
  fields: { spec?: unknown; status?: unknown },
  expected: ObjectStatus,
];

const CRD = 'apiextensions.k8s.io/v1';
const MONITORING = 'monitoring.coreos.com/v1';

describe('computeStatus', () => {
  it.each<Case>([
    [
      'a load balancer without an address',
      'v1',
      'Service',
      { spec: { type: 'LoadBalancer' }, status: { loadBalancer: {} } },
      {
        status: 'inProgress',
        message: 'its load balancer has no address yet',
      },
    ],
    [
      'a load balancer with an address',
      'v1',
      'Service',
      {
        spec: { type: 'LoadBalancer' },
        status: { loadBalancer: { ingress: [{ ip: '192.0.2.7' }] } },
      },
      { status: 'current', message: 'LoadBalancer' },
    ],
    [
      'a claim without a volume',
      'v1',
      'PersistentVolumeClaim',
      { spec: { storageClassName: 'fast' }, status: { phase: 'Pending' } },
      {
        status: 'inProgress',
        message: 'Pending: no volume of storage class fast is bound yet',
      },
    ],
    [
      'a claim whose volume is gone',
      'v1',
      'PersistentVolumeClaim',
      { status: { phase: 'Lost' } },
      { status: 'failed', message: 'Lost: its volume no longer exists' },
    ],
    [
      'a bound claim',
      'v1',
      'PersistentVolumeClaim',
      { status: { phase: 'Bound' } },
      { status: 'current', message: 'Bound' },
    ],
    [
      'a namespace just made',
      'v1',
      'Namespace',
      {},
      { status: 'inProgress', message: 'phase not set yet' },
    ],
    [
      'a namespace in use',
      'v1',
      'Namespace',
      { status: { phase: 'Active' } },
      { status: 'current', message: 'Active' },
    ],
    [
      'a disruption budget that nobody has computed',
      'policy/v1',
      'PodDisruptionBudget',
      {},
      { status: 'inProgress', message: 'its controller has not seen it yet' },
    ],
    [
      'a disruption budget that allows none',
      'policy/v1',
      'PodDisruptionBudget',
      { status: { observedGeneration: 2, disruptionsAllowed: 0 } },
      { status: 'current', message: '0 disruptions allowed' },
    ],
    [
      'a disruption budget whose selector fits nothing that can be counted',
      'policy/v1',
      'PodDisruptionBudget',
      {
        status: {
          observedGeneration: 2,
          conditions: [
            {
              type: 'DisruptionAllowed',
              status: 'False',
              reason: 'SyncFailed',
              message: 'found no controllers for pod "a"',
            },
          ],
        },
      },
      {
        status: 'inProgress',
        message:
          'DisruptionAllowed is False: SyncFailed: found no controllers for pod "a"',
      },
    ],
    [
      'a definition just made',
      CRD,
      'CustomResourceDefinition',
      {},
      { status: 'inProgress', message: 'not established yet' },
    ],
    [
      'a definition whose names are taken',
      CRD,
      'CustomResourceDefinition',
      {
        status: {
          conditions: [
            {
              type: 'NamesAccepted',
              status: 'False',
              reason: 'PluralConflict',
              message: '"scaledobjects" is already in use',
            },
            { type: 'Established', status: 'False', reason: 'NotAccepted' },
          ],
        },
      },
      {
        status: 'failed',
        message:
          'NamesAccepted is False: PluralConflict: "scaledobjects" is already in use',
      },
    ],
    [
      'a definition that is being installed',
      CRD,
      'CustomResourceDefinition',
      {
        status: {
          conditions: [
            { type: 'NamesAccepted', status: 'True' },
            { type: 'Established', status: 'False', reason: 'Installing' },
          ],
        },
      },
      { status: 'inProgress', message: 'Established is False: Installing' },
    ],
    [
      'an established definition',
      CRD,
      'CustomResourceDefinition',
      { status: { conditions: [{ type: 'Established', status: 'True' }] } },
      { status: 'current', message: 'Established' },
    ],
    [
      'an API service that was not checked yet',
      'apiregistration.k8s.io/v1',
      'APIService',
      {},
      { status: 'inProgress', message: 'not checked yet' },
    ],
    [
      'a Prometheus that its operator has not looked at',
      MONITORING,
      'Prometheus',
      {},
      {
        status: 'inProgress',
        message: 'the Prometheus operator has not set Reconciled yet',
      },
    ],
    [
      'a Prometheus whose conditions are about an older generation',
      MONITORING,
      'Prometheus',
      {
        status: {
          availableReplicas: 1,
          conditions: [
            { type: 'Reconciled', status: 'True', observedGeneration: 2 },
            { type: 'Available', status: 'True', observedGeneration: 1 },
          ],
        },
      },
      {
        status: 'inProgress',
        message: 'Available is about generation 1 of 2',
      },
    ],
    [
      'a Prometheus of which some pods are ready',
      MONITORING,
      'Prometheus',
      {
        spec: { replicas: 2, shards: 2 },
        status: {
          availableReplicas: 3,
          conditions: [
            { type: 'Reconciled', status: 'True', observedGeneration: 2 },
            {
              type: 'Available',
              status: 'Degraded',
              reason: 'SomePodsNotReady',
              observedGeneration: 2,
            },
          ],
        },
      },
      {
        status: 'inProgress',
        message: 'Available 3/4: Available is Degraded: SomePodsNotReady',
      },
    ],
    [
      'a ServiceMonitor that a Prometheus refuses',
      MONITORING,
      'ServiceMonitor',
      {
        status: {
          bindings: [
            {
              resource: 'prometheuses',
              namespace: 'betting',
              name: 'odds-api',
              conditions: [
                {
                  type: 'Accepted',
                  status: 'False',
                  reason: 'InvalidConfiguration',
                  message: 'unknown secret',
                },
              ],
            },
          ],
        },
      },
      {
        status: 'failed',
        message:
          'prometheuses betting/odds-api: Accepted is False: InvalidConfiguration: unknown secret',
      },
    ],
    [
      'a ServiceMonitor that a Prometheus took',
      MONITORING,
      'ServiceMonitor',
      {
        status: {
          bindings: [
            {
              resource: 'prometheuses',
              namespace: 'betting',
              name: 'odds-api',
              conditions: [{ type: 'Accepted', status: 'True' }],
            },
          ],
        },
      },
      { status: 'current', message: 'Accepted by betting/odds-api' },
    ],
    [
      'an autoscaler that has not decided',
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      {
        status: {
          conditions: [{ type: 'AbleToScale', status: 'True' }],
        },
      },
      {
        status: 'inProgress',
        message: 'its controller has not read its metrics yet',
      },
    ],
    [
      'an autoscaler that may not scale its target',
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      {
        status: {
          conditions: [
            {
              type: 'AbleToScale',
              status: 'False',
              reason: 'FailedGetScale',
              message: 'deployments.apps "odds-api" not found',
            },
          ],
        },
      },
      {
        status: 'inProgress',
        message:
          'AbleToScale is False: FailedGetScale: deployments.apps "odds-api" not found',
      },
    ],
  ])('judges %s', (_, apiVersion, kind, fields, expected) => {
    expect(computeStatus(object(apiVersion, kind, fields))).toEqual(expected);
  });
});
