import { ChangeSet } from '../../model/ChangeSet';
import { FakeCluster } from '../../testUtils';
import { writtenKindsOf } from '../../apply/writtenKinds';
import { PlanRefusedError } from '../../errors';
import { decidePlatform, PlatformDecision } from '../decidePlatform';
import { findLeftBehind } from '../findLeftBehind';
import { inspectPlatform } from '../inspect';
import { installPlatform } from '../installPlatform';
import { OperatorPlacement } from '../operatorManifests';
import { leaveForeign, platformManifests } from '../platformManifests';
import { kedaRelease, operatorRelease } from './releaseFiles';

/** What `platform:install` does, less Backstage around it. */
export async function installOn(
  cluster: FakeCluster,
  options: {
    releases?: { operator: string; keda: string; kedaExtra?: object[] };
    operator?: OperatorPlacement;
    imageRegistry?: string;
    onTrouble?: (line: string) => void;
    timeoutSeconds?: number;
  } = {},
): Promise<{
  decisions: PlatformDecision[];
  changeSet: ChangeSet;
  left: string[];
}> {
  const {
    releases = { operator: '0.93.0', keda: '2.20.2' },
    operator = { namespace: 'prometheus-operator', scope: 'cluster' },
    imageRegistry,
  } = options;
  const reach =
    operator.scope === 'cluster'
      ? ('cluster' as const)
      : { namespace: operator.namespace };
  const decisions = decidePlatform(
    await inspectPlatform({ client: cluster, reach }),
    {
      versions: { prometheusOperator: releases.operator, keda: releases.keda },
      scope: operator.scope,
    },
  );
  const objects = platformManifests({
    decisions,
    releases:
      operator.scope === 'cluster'
        ? {
            prometheusOperator: operatorRelease(releases.operator),
            keda: kedaRelease(releases.keda, releases.kedaExtra),
          }
        : {},
    choices: {
      operator,
      definitions: 'needed',
      ...(imageRegistry === undefined ? {} : { imageRegistry }),
    },
  });
  const { manifests, left, problems } = await leaveForeign({
    client: cluster,
    objects,
  });
  if (problems.length > 0) {
    throw new PlanRefusedError(cluster.cluster, problems);
  }
  const { namespace } = operator;
  const leftBehind = await findLeftBehind({
    client: cluster,
    decisions,
    objects,
    reach,
  });
  const changeSet = await installPlatform({
    client: cluster,
    manifests,
    leftBehind,
    decisions,
    operator,
    namespace,
    otherNamespaces: ['keda'],
    granted: await writtenKindsOf({
      client: cluster,
      manifests: [...manifests, ...leftBehind],
      namespace,
    }),
    timeoutSeconds: options.timeoutSeconds ?? 10,
    onTrouble: options.onTrouble,
  });
  return { decisions, changeSet, left };
}
