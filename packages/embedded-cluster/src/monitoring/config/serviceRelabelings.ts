import type { LabelSelector } from '../../model/labels';
import type { PrometheusSpec } from '../prometheusSpec';
import type {
  MonitorEndpoint,
  Relabeling,
  ServiceMonitorSpec,
} from '../serviceMonitorSpec';

/** One entry of `relabel_configs`, with its keys in the order in which the operator writes them. */
export type RelabelConfig = Record<string, unknown>;

const META = '__meta_kubernetes';

/** A label's name as service discovery spells it. */
function sanitize(label: string): string {
  return label.replace(/[^a-zA-Z0-9_]/g, '_');
}

function serviceLabel(label: string): string[] {
  return [
    `${META}_service_label_${sanitize(label)}`,
    `${META}_service_labelpresent_${sanitize(label)}`,
  ];
}

/** Keeps the targets of Services that a selector matches. */
function selectorRelabelings({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): RelabelConfig[] {
  return [
    ...Object.keys(matchLabels)
      .sort()
      .map(label => ({
        action: 'keep',
        source_labels: serviceLabel(label),
        regex: `(${matchLabels[label]});true`,
      })),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      const [value, present] = serviceLabel(key);
      switch (operator) {
        case 'In':
        case 'NotIn':
          return {
            action: operator === 'In' ? 'keep' : 'drop',
            source_labels: [value, present],
            regex: `(${values.join('|')});true`,
          };
        default:
          return {
            action: operator === 'Exists' ? 'keep' : 'drop',
            source_labels: [present],
            regex: 'true',
          };
      }
    }),
  ];
}

function portRelabelings(
  { port, targetPort }: MonitorEndpoint,
  endpointMeta: string,
): RelabelConfig[] {
  if (port) {
    return [
      {
        action: 'keep',
        source_labels: [`${endpointMeta}_port_name`],
        regex: port,
      },
    ];
  }
  if (!targetPort) {
    return [];
  }
  return [
    {
      action: 'keep',
      source_labels: [
        typeof targetPort === 'number'
          ? `${META}_pod_container_port_number`
          : `${META}_pod_container_port_name`,
      ],
      regex: targetPort,
    },
  ];
}

function fromTarget(kind: string, endpointMeta: string): RelabelConfig {
  return {
    source_labels: [
      `${endpointMeta}_address_target_kind`,
      `${endpointMeta}_address_target_name`,
    ],
    separator: ';',
    regex: `${kind};(.*)`,
    replacement: '${1}',
    target_label: kind.toLowerCase(),
  };
}

function from(source: string, target: string): RelabelConfig {
  return { source_labels: [source], target_label: target };
}

/** Copies a label only where it has a value. */
function ifPresent(source: string, target: string): RelabelConfig {
  return { ...from(source, target), regex: '(.+)', replacement: '${1}' };
}

/** Relabelings that a user wrote, in the operator's order of keys. */
export function userRelabelings(
  relabelings: readonly Relabeling[],
): RelabelConfig[] {
  return relabelings.map(each => ({
    ...(each.sourceLabels?.length ? { source_labels: each.sourceLabels } : {}),
    ...(typeof each.separator === 'string'
      ? { separator: each.separator }
      : {}),
    ...(each.targetLabel ? { target_label: each.targetLabel } : {}),
    ...(each.regex ? { regex: each.regex } : {}),
    ...(each.modulus ? { modulus: each.modulus } : {}),
    ...(typeof each.replacement === 'string'
      ? { replacement: each.replacement }
      : {}),
    ...(each.action ? { action: each.action.toLowerCase() } : {}),
  }));
}

/** Of a single shard; the server replaces `$(SHARD)`. */
const SHARDING: readonly RelabelConfig[] = [
  {
    target_label: '__tmp_current_shard',
    replacement: '$(SHARD)',
    action: 'replace',
  },
  { source_labels: ['__tmp_current_shard'], regex: '0', action: 'keep' },
  {
    source_labels: ['__address__', '__tmp_hash'],
    target_label: '__tmp_hash',
    regex: '(.+);',
    replacement: '$1',
    action: 'replace',
  },
  {
    source_labels: ['__tmp_hash'],
    target_label: '__tmp_hash',
    modulus: 1,
    action: 'hashmod',
  },
  {
    source_labels: ['__tmp_hash', '__tmp_disable_sharding'],
    regex: '$(SHARD);|.+;.+',
    action: 'keep',
  },
];

/** How targets of Services become the series of one endpoint of a ServiceMonitor. */
export function serviceRelabelings(
  spec: ServiceMonitorSpec,
  endpoint: MonitorEndpoint,
  options: {
    role: 'endpointslice' | 'endpoints';
    prometheus: Pick<PrometheusSpec, 'podTargetLabels'>;
  },
): RelabelConfig[] {
  const { role, prometheus } = options;
  const endpointMeta =
    role === 'endpointslice' ? `${META}_endpointslice` : `${META}_endpoint`;
  const port = endpoint.port || endpoint.targetPort;
  return [
    from('job', '__tmp_prometheus_job_name'),
    ...selectorRelabelings(spec.selector),
    ...portRelabelings(endpoint, endpointMeta),
    fromTarget('Node', endpointMeta),
    fromTarget('Pod', endpointMeta),
    from(`${META}_namespace`, 'namespace'),
    from(`${META}_service_name`, 'service'),
    from(`${META}_pod_name`, 'pod'),
    from(`${META}_pod_container_name`, 'container'),
    ...(endpoint.filterRunning === false
      ? []
      : [
          {
            action: 'drop',
            source_labels: [`${META}_pod_phase`],
            regex: '(Failed|Succeeded)',
          },
        ]),
    ...spec.targetLabels.map(label =>
      ifPresent(`${META}_service_label_${sanitize(label)}`, sanitize(label)),
    ),
    ...[...spec.podTargetLabels, ...prometheus.podTargetLabels].map(label =>
      ifPresent(`${META}_pod_label_${sanitize(label)}`, sanitize(label)),
    ),
    { ...from(`${META}_service_name`, 'job'), replacement: '${1}' },
    ...(spec.jobLabel
      ? [ifPresent(`${META}_service_label_${sanitize(spec.jobLabel)}`, 'job')]
      : []),
    ...(port ? [{ target_label: 'endpoint', replacement: String(port) }] : []),
    ...userRelabelings(endpoint.relabelings ?? []),
    ...SHARDING,
  ];
}
