import {
  computeStatus,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import {
  LabelSelector,
  labelSelectorSchema,
  selectorText,
} from '../../monitoring/labelSelector';
import { parseImageReference } from '../imageReference';
import { ServerReport, ServersReport } from '../PlatformReport';
import { plainVersion, supportOf } from '../platformVersions';
import { PlatformView } from './PlatformView';

const KIND = { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus' };

const serverSchema = z.object({
  spec: z
    .object({
      version: z.string().nullish(),
      image: z.string().nullish(),
      serviceMonitorSelector: labelSelectorSchema.nullish(),
      serviceMonitorNamespaceSelector: labelSelectorSchema.nullish(),
    })
    .default({}),
});

type ServerSpec = z.output<typeof serverSchema>['spec'];

function namespacesText(selector: LabelSelector | undefined): string {
  if (selector === undefined) {
    return 'of its own namespace';
  }
  const wanted = selectorText(selector);
  return wanted === '' ? 'of all namespaces' : `of namespaces with ${wanted}`;
}

/** Undefined selectors select nothing, and empty ones everything, says the API. */
function selectsText(spec: ServerSpec): string {
  const monitors = spec.serviceMonitorSelector ?? undefined;
  if (monitors === undefined) {
    return 'no ServiceMonitor';
  }
  const wanted = selectorText(monitors);
  return `${
    wanted === '' ? 'every ServiceMonitor' : `ServiceMonitors with ${wanted}`
  } ${namespacesText(spec.serviceMonitorNamespaceSelector ?? undefined)}`;
}

function serverReport(object: KubernetesObject): ServerReport {
  const parsed = serverSchema.safeParse(object);
  const spec: ServerSpec = parsed.success ? parsed.data.spec : {};
  const version =
    plainVersion(spec.version ?? undefined) ??
    plainVersion(parseImageReference(spec.image ?? '').tag);
  const { status, message } = computeStatus(object);
  return {
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
    ...(version === undefined ? {} : { version }),
    support: supportOf('prometheus', version),
    isAvailable: status === 'current',
    message,
    selects: selectsText(spec),
  };
}

/** The servers that Prometheus objects describe. */
export async function inspectServers(
  view: PlatformView,
): Promise<ServersReport> {
  if (!view.serves(KIND)) {
    return { state: 'notInstalled' };
  }
  const found = await view.objects(KIND);
  return found.status === 'unreadable'
    ? {
        state: 'forbidden',
        message: `the account may not list Prometheus objects ${
          view.reach === 'cluster'
            ? 'of all namespaces'
            : `in ${view.reach.namespace}`
        }`,
      }
    : { state: 'read', servers: found.value.map(serverReport) };
}
