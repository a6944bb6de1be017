import {
  AdmissionDeniedError,
  ApiNotInstalledError,
  BackstageRefusedError,
  ClusterForbiddenError,
  ClusterUnreachableError,
  KubernetesApiError,
  PrometheusAddressError,
  PrometheusQueryError,
  PrometheusCredentialsError,
  PrometheusUnreachableError,
  UnknownClusterError,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import {
  SourceFailure,
  UnreadableObjectError,
} from '@sportsbook/plugin-sportsbook-scaling-common';

type ErrorClass = abstract new (...args: never[]) => Error;

const FAILURES: ReadonlyArray<[ErrorClass, SourceFailure]> = [
  [ApiNotInstalledError, 'notInstalled'],
  [ClusterForbiddenError, 'forbidden'],
  [ClusterUnreachableError, 'unreachable'],
  [PrometheusCredentialsError, 'forbidden'],
  [PrometheusUnreachableError, 'unreachable'],
  [UnknownClusterError, 'failed'],
  [KubernetesApiError, 'failed'],
  [BackstageRefusedError, 'failed'],
  [AdmissionDeniedError, 'failed'],
  [PrometheusAddressError, 'failed'],
  [PrometheusQueryError, 'failed'],
  [UnreadableObjectError, 'failed'],
];

/**
 * The failure that an error stands for; undefined for errors whose text was
 * not written for viewers.
 */
export function failureOf(error: unknown): SourceFailure | undefined {
  return FAILURES.find(([kind]) => error instanceof kind)?.[1];
}
