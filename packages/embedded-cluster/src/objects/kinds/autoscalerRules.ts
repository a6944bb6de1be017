import { validateAutoscaler } from './validateAutoscaler';
import { shaped } from './shaped';
import type { KindRules } from './KindRules';

export interface ScalingRules {
  stabilizationWindowSeconds?: number;
  selectPolicy?: string;
  policies?: { type?: string; value?: number; periodSeconds?: number }[];
}

export interface AutoscalerFields {
  status?: { currentMetrics?: unknown[] | null };
  spec?: {
    minReplicas?: number;
    maxReplicas?: number;
    metrics?: MetricFields[];
    behavior?: { scaleUp?: ScalingRules; scaleDown?: ScalingRules };
    scaleTargetRef?: { apiVersion?: string; kind?: string; name?: string };
  };
}

interface TargetFields {
  type?: string;
  value?: string;
  averageValue?: string;
  averageUtilization?: number;
}

export interface MetricFields {
  type?: string;
  external?: { metric?: { name?: string }; target?: TargetFields };
  resource?: { name?: string; target?: TargetFields };
  /** Sources that no metric here is read from. */
  [source: string]: unknown;
}

const DEFAULT_METRICS = () => [
  {
    type: 'Resource',
    resource: {
      name: 'cpu',
      target: { type: 'Utilization', averageUtilization: 80 },
    },
  },
];

/** HorizontalPodAutoscalers, v2. */
export const autoscalerRules: KindRules = {
  defaults: object => {
    const { spec } = shaped<AutoscalerFields>(object);
    if (!spec) {
      return;
    }
    spec.minReplicas ??= 1;
    if ((spec.metrics ?? []).length === 0) {
      spec.metrics = DEFAULT_METRICS();
    }
    if (spec.behavior) {
      spec.behavior.scaleUp = {
        stabilizationWindowSeconds: 0,
        selectPolicy: 'Max',
        policies: [
          { type: 'Pods', value: 4, periodSeconds: 15 },
          { type: 'Percent', value: 100, periodSeconds: 15 },
        ],
        ...spec.behavior.scaleUp,
      };
      spec.behavior.scaleDown = {
        selectPolicy: 'Max',
        policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
        ...spec.behavior.scaleDown,
      };
    }
  },
  addNulls: object => {
    const { status } = shaped<AutoscalerFields>(object);
    if (status && status.currentMetrics === undefined) {
      // A copy: on a change of the spec the status is the stored one.
      object.status = { ...status, currentMetrics: null };
    }
  },
  prepareCreate: object => {
    object.status = { currentMetrics: null, desiredReplicas: 0 };
  },
  validate: (object, errors) => {
    validateAutoscaler(shaped<AutoscalerFields>(object).spec ?? {}, errors);
  },
};
