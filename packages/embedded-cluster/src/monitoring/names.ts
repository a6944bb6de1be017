export const PROMETHEUS_API_VERSION = 'monitoring.coreos.com/v1';
/** Field manager of the operator's status; its other objects are written as `operator`. */
export const OPERATOR_STATUS_MANAGER = 'PrometheusOperator';
export const OPERATOR_MANAGER = 'operator';
/** Service that the operator keeps in each namespace with a Prometheus. */
export const GOVERNING_SERVICE = 'prometheus-operated';
/** Labels that the operator puts on everything it makes. */
export const OPERATED_LABELS = {
  'app.kubernetes.io/managed-by': 'prometheus-operator',
  'managed-by': 'prometheus-operator',
} as const;
