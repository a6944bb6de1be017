import {
  groupKindOf,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { applyManifests } from '../apply/applyManifests';
import { deleteObjects } from '../apply/deleteObjects';
import { ChangeSet } from '../model/ChangeSet';
import { SourcedObject } from '../model/SourcedObject';
import { WrittenKinds } from '../model/WrittenKinds';
import { KubernetesClient } from '../ports/KubernetesClient';
import { waitForObjects } from '../wait/waitForObjects';
import { awaitOperatorReady } from './awaitOperatorReady';
import { PlatformDecision, writes } from './decidePlatform';
import { OperatorPlacement } from './operatorManifests';
import { PlatformObject } from './platformManifests';

/** Operator and KEDA were ready within 30 s where it was measured; images may come slowly. */
export const DEFAULT_PLATFORM_SECONDS = 300;

/** Kinds that have something to become; the others are what they are once stored. */
const WAITED_KINDS = [
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apps/Deployment',
  'apiregistration.k8s.io/APIService',
];

export interface InstallPlatformOptions {
  client: KubernetesClient;
  manifests: PlatformObject[];
  /** As {@link findLeftBehind} found it; goes once everything else works. */
  leftBehind: SourcedObject[];
  decisions: PlatformDecision[];
  operator: OperatorPlacement;
  /** For objects that name no namespace. */
  namespace: string;
  otherNamespaces: string[];
  granted: WrittenKinds;
  /** Of the wait, default {@link DEFAULT_PLATFORM_SECONDS}. */
  timeoutSeconds?: number;
  onProgress?: (line: string) => void;
  onTrouble?: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Applies what was decided, and waits until it works: definitions are served,
 * Deployments available, KEDA's metrics reachable, and the operator reconciles.
 *
 * @throws PlanRefusedError, ApplyFailedError, WaitTimeoutError, WaitFailedError,
 *   DeleteFailedError
 */
export async function installPlatform(
  options: InstallPlatformOptions,
): Promise<ChangeSet> {
  const { client, manifests, leftBehind, decisions, operator, granted } =
    options;
  const { onProgress, onTrouble, signal } = options;
  const timeoutSeconds = options.timeoutSeconds ?? DEFAULT_PLATFORM_SECONDS;
  const deadline = performance.now() + timeoutSeconds * 1000;
  const changeSet = await applyManifests({
    client,
    manifests,
    namespace: options.namespace,
    otherNamespaces: options.otherNamespaces,
    granted,
    onProgress,
    signal,
  });
  const waited = changeSet
    .map(({ ref }) => ref)
    .filter(ref => WAITED_KINDS.includes(groupKindOf(ref)));
  onProgress?.(
    `Waiting at most ${timeoutSeconds} s for ${waited.length} objects`,
  );
  await waitForObjects({
    client,
    objects: waited,
    timeoutSeconds,
    failFast: true,
    onChange: ({ line }) => onProgress?.(line),
    onTrouble,
    signal,
  });
  const hasOperator = decisions.some(
    decision => decision.component === 'prometheusOperator' && writes(decision),
  );
  if (hasOperator) {
    const readiness = await awaitOperatorReady({
      client,
      namespace: operator.namespace,
      timeoutSeconds: Math.max(
        5,
        Math.round((deadline - performance.now()) / 1000),
      ),
      signal,
    });
    if (readiness.seen) {
      onProgress?.('The Prometheus operator reconciles');
    } else {
      onTrouble?.(
        `Whether the Prometheus operator reconciles could not be seen: ${readiness.reason}`,
      );
    }
  }
  if (leftBehind.length === 0) {
    return changeSet;
  }
  const removed = await deleteObjects({
    client,
    objects: leftBehind.map(({ object }) => ({
      ref: objectRefOf(object),
      uid: object.metadata.uid,
    })),
    granted,
    onProgress,
    signal,
  });
  return [...changeSet, ...removed];
}
