import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';

/** A definition, and the kind that its being served shows by. */
export interface KnownDefinition {
  name: string;
  apiVersion: string;
  kind: string;
}

const definition = (
  plural: string,
  kind: string,
  apiVersion: string,
): KnownDefinition => ({
  name: `${plural}.${apiVersion.slice(0, apiVersion.indexOf('/'))}`,
  apiVersion,
  kind,
});

/**
 * The five that the operator's Prometheus controller waits for before it
 * reconciles anything. Without the other five of its bundle it warns, and does
 * without Alertmanager, Thanos, agents and scrape configurations.
 */
export const OPERATOR_DEFINITIONS: KnownDefinition[] = [
  definition('prometheuses', 'Prometheus', 'monitoring.coreos.com/v1'),
  definition('servicemonitors', 'ServiceMonitor', 'monitoring.coreos.com/v1'),
  definition('podmonitors', 'PodMonitor', 'monitoring.coreos.com/v1'),
  definition('probes', 'Probe', 'monitoring.coreos.com/v1'),
  definition('prometheusrules', 'PrometheusRule', 'monitoring.coreos.com/v1'),
];

/** Those of KEDA's that a service and its trigger's credentials need. */
export const KEDA_DEFINITIONS: KnownDefinition[] = [
  definition('scaledobjects', 'ScaledObject', 'keda.sh/v1alpha1'),
  definition('scaledjobs', 'ScaledJob', 'keda.sh/v1alpha1'),
  definition(
    'triggerauthentications',
    'TriggerAuthentication',
    'keda.sh/v1alpha1',
  ),
  definition(
    'clustertriggerauthentications',
    'ClusterTriggerAuthentication',
    'keda.sh/v1alpha1',
  ),
];

export function definitionRef(name: string): ObjectRef {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name,
  };
}
