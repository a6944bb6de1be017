export * from './composeSnapshot';
export * from './contract';
export * from './errors/UnreadableObjectError';
export * from './events/readEvent';
export * from './events/readScalingEvents';
export * from './formChoices';
export * from './hpa/autoscalerPolicy';
export * from './hpa/autoscalerPolicyOf';
export * from './hpa/desiredReplicas';
export * from './hpa/milli';
export * from './hpa/nextReplicas';
export * from './hpa/predictReplicas';
export * from './hpa/replicaLevels';
export type { Rescale } from './hpa/scalingLimits';
export * from './hpa/stepAutoscaler';
export * from './hpa/stepReplicas';
export * from './kubernetesObject';
export * from './monitoring/prometheusChoice';
export * from './monitoring/serviceMonitorLabels';
export * from './parseQuantity';
export * from './permissions';
export * from './promql/labelMatchers';
export * from './promql/replicaHistoryQuery';
export * from './promql/scalingQuery';
export * from './scalingPolicy';
export * from './scalingTarget';
export * from './snapshot';
export * from './sourced';
export * from './status/computeStatus';
export {
  describeCondition,
  findCondition,
  plainMessage,
} from './status/conditions';
export * from './status/objectStatus';
export * from './verdict/formatRate';
export * from './verdict/scalingVerdict';
export type { VerdictParts } from './verdict/verdictFacts';
export * from './views/readAutoscaler';
export * from './views/readScaledObject';
export * from './views/readWorkload';
export * from './views/unixTimestamp';
