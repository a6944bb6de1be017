import { EMBEDDED_CLUSTER } from '@sportsbook/plugin-sportsbook-scaling-common';
import { KubernetesClient } from '../../ports/KubernetesClient';
import { KEDA_DEFINITIONS, OPERATOR_DEFINITIONS } from '../definitionNames';
import {
  ComponentReport,
  PlatformComponent,
  PlatformReach,
  PlatformReport,
} from '../PlatformReport';
import { plainVersion, supportOf } from '../platformVersions';
import { findControllers } from './findControllers';
import { inspectDefinitions } from './inspectDefinitions';
import { inspectExternalMetrics } from './inspectExternalMetrics';
import { inspectKeda } from './inspectKeda';
import { inspectOperator } from './inspectOperator';
import { inspectServers } from './inspectServers';
import { PlatformView } from './PlatformView';

/** The embedded cluster does itself what operator and KEDA do elsewhere. */
async function embeddedComponent(
  view: PlatformView,
  component: PlatformComponent,
): Promise<ComponentReport> {
  const definitions = await inspectDefinitions(
    view,
    component === 'keda' ? KEDA_DEFINITIONS : OPERATOR_DEFINITIONS,
  );
  return {
    component,
    state: 'present',
    ...(definitions.version === undefined
      ? {}
      : { version: definitions.version }),
    support: 'unknown',
    owner: 'embedded',
    missingDefinitions: [],
    controllers: [],
    findings: [
      {
        severity: 'note',
        message: 'it is built into the embedded cluster',
      },
    ],
  };
}

/**
 * Looks at what a cluster has of all that services need to scale by their
 * requests. Reads only.
 *
 * @param options.reach - default the whole cluster
 * @throws ClusterUnreachableError, UnknownClusterError, BackstageRefusedError
 */
export async function inspectPlatform(options: {
  client: KubernetesClient;
  reach?: PlatformReach;
  signal?: AbortSignal;
}): Promise<PlatformReport> {
  const { client, reach = 'cluster', signal } = options;
  const [{ gitVersion }, view] = await Promise.all([
    client.version({ signal }),
    PlatformView.open({ client, reach, signal }),
  ]);
  const isEmbedded = gitVersion.endsWith(EMBEDDED_CLUSTER.versionSuffix);
  const version = plainVersion(gitVersion) ?? gitVersion;
  const shared = {
    cluster: client.cluster,
    reach,
    kubernetes: { version, support: supportOf('kubernetes', version) },
    servers: await inspectServers(view),
  };
  if (isEmbedded) {
    return {
      ...shared,
      kubernetes: { ...shared.kubernetes, support: 'tested' },
      prometheusOperator: await embeddedComponent(view, 'prometheusOperator'),
      keda: await embeddedComponent(view, 'keda'),
      externalMetrics: {
        state: 'unknown',
        message: 'the embedded cluster reads them without a server',
      },
    };
  }
  const controllers = await findControllers(view);
  const externalMetrics = await inspectExternalMetrics(view);
  return {
    ...shared,
    prometheusOperator: await inspectOperator(view, controllers),
    keda: await inspectKeda(view, controllers, externalMetrics),
    externalMetrics,
  };
}
