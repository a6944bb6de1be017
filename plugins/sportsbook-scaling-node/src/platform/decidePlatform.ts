import {
  ComponentReport,
  PlatformComponent,
  PLATFORM_COMPONENTS,
  PlatformReport,
} from './PlatformReport';
import {
  compareVersions,
  PLATFORM_VERSIONS,
  plainVersion,
} from './platformVersions';

/**
 * What is done about a component.
 *
 * - `install`: it is missing.
 * - `upgrade`: ours, and older than the release that is configured.
 * - `ensure`: ours at that release; what differs from it is put right.
 * - `keep`: left alone.
 * - `refuse`: it can neither be left alone nor installed.
 */
export type PlatformVerdict =
  | 'install'
  | 'upgrade'
  | 'ensure'
  | 'keep'
  | 'refuse';

export interface PlatformDecision {
  component: PlatformComponent;
  verdict: PlatformVerdict;
  /** A sentence without a full stop. */
  reason: string;
  /** Version that is there. */
  from?: string;
  /** Version that will be there. */
  to?: string;
}

/** Whether a decision writes anything. */
export function writes({ verdict }: PlatformDecision): boolean {
  return ['install', 'upgrade', 'ensure'].includes(verdict);
}

interface Wanted {
  versions: Record<PlatformComponent, string>;
  scope: 'cluster' | 'namespace';
}

function decideOurs(found: ComponentReport, to: string): PlatformDecision {
  const { component } = found;
  const { title } = PLATFORM_VERSIONS[component];
  const from = plainVersion(found.version);
  if (from !== undefined && compareVersions(from, to) > 0) {
    return {
      component,
      verdict: 'keep',
      from,
      reason: `${title} ${from} is newer than the configured ${to}, and nothing is ever downgraded`,
    };
  }
  return from === undefined || from === to
    ? {
        component,
        verdict: 'ensure',
        from,
        to,
        reason: `${title} ${to} was installed by this template; what differs from that is put right`,
      }
    : {
        component,
        verdict: 'upgrade',
        from,
        to,
        reason: `${title} is upgraded from ${from} to ${to}`,
      };
}

/** Why a component may not be installed though it is missing; undefined: it may. */
function obstacle(
  report: PlatformReport,
  found: ComponentReport,
  { scope }: Wanted,
): string | undefined {
  const { externalMetrics } = report;
  if (found.component === 'keda') {
    return 'owner' in externalMetrics && externalMetrics.owner === 'others'
      ? `external.metrics.k8s.io belongs to ${externalMetrics.ownerName}, and a cluster has one server of external metrics; take them out of it before KEDA is installed`
      : undefined;
  }
  if (scope === 'namespace' && found.missingDefinitions.length > 0) {
    return `the cluster lacks ${found.missingDefinitions.join(
      ', ',
    )}; definitions belong to the whole cluster: have them applied by somebody who may, then come back`;
  }
  return undefined;
}

function decideComponent(
  report: PlatformReport,
  component: PlatformComponent,
  wanted: Wanted,
): PlatformDecision {
  const found = report[component];
  const { title } = PLATFORM_VERSIONS[component];
  const to = wanted.versions[component];
  if (found.owner === 'embedded') {
    return {
      component,
      verdict: 'keep',
      reason: `${title} is built into the embedded cluster`,
    };
  }
  if (found.state === 'forbidden') {
    return {
      component,
      verdict: 'refuse',
      reason: `whether ${title} runs may not be looked at, and it could be installed a second time; ${
        found.findings.find(({ nextStep }) => nextStep !== undefined)
          ?.nextStep ?? 'grant the right to look'
      }`,
    };
  }
  if (component === 'keda' && wanted.scope === 'namespace') {
    return {
      component,
      verdict: 'keep',
      ...(found.version === undefined ? {} : { from: found.version }),
      reason:
        found.state === 'absent'
          ? 'KEDA is missing, and takes rights on the whole cluster; ask those who run the cluster to install it'
          : 'KEDA is there; it belongs to the whole cluster',
    };
  }
  if (found.owner === 'ours') {
    return decideOurs(found, to);
  }
  if (found.controllers.length > 0) {
    const partial = found.controllers.every(
      ({ watches }) => watches !== undefined,
    );
    if (partial && wanted.scope === 'cluster') {
      return {
        component,
        verdict: 'refuse',
        reason: `${title} runs for single namespaces (${found.controllers
          .flatMap(({ watches }) => watches ?? [])
          .join(
            ', ',
          )}), and one for the whole cluster would fight with it over their objects; install for one namespace, or remove those first`,
      };
    }
    return {
      component,
      verdict: 'keep',
      ...(found.version === undefined ? {} : { from: found.version }),
      reason: `${title}${
        found.version === undefined ? '' : ` ${found.version}`
      } was installed by others, who also upgrade it${
        found.state === 'present' ? '' : ' and mend it'
      }`,
    };
  }
  const refusal = obstacle(report, found, wanted);
  return refusal === undefined
    ? {
        component,
        verdict: 'install',
        to,
        reason:
          found.state === 'absent'
            ? `${title} is missing, and ${to} is installed`
            : `the definitions of ${title} are there and stay as they are; ${to} is installed to serve them`,
      }
    : { component, verdict: 'refuse', reason: refusal };
}

/** What to do about each component; pure. */
export function decidePlatform(
  report: PlatformReport,
  wanted: Wanted,
): PlatformDecision[] {
  return PLATFORM_COMPONENTS.map(component =>
    decideComponent(report, component, wanted),
  );
}
