import { LABEL_VALUES, LABELS } from '../contract';

/**
 * What the ServiceMonitor of a generated service is labelled with, apart from
 * its version: no server that selects by other values of these can take it up.
 */
export function serviceMonitorLabels(name: string): Record<string, string> {
  return {
    [LABELS.name]: name,
    [LABELS.instance]: name,
    'app.kubernetes.io/component': 'service',
    [LABELS.partOf]: LABEL_VALUES.partOf,
    [LABELS.managedBy]: LABEL_VALUES.managedBy,
    [LABELS.kubernetesId]: name,
  };
}
