import { parseQuantity } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { FieldErrors } from '../validating/FieldErrors';
import { pathSegment } from '../validating/names';
import type {
  AutoscalerFields,
  MetricFields,
  ScalingRules,
} from './autoscalerRules';

const MAX_WINDOW_SECONDS = 3_600;
const MAX_PERIOD_SECONDS = 1_800;
const SOURCES: Readonly<Record<string, string>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};

type Spec = NonNullable<AutoscalerFields['spec']>;

export function validateAutoscaler(spec: Spec, errors: FieldErrors): void {
  const { minReplicas, maxReplicas = 0 } = spec;
  if (minReplicas !== undefined && minReplicas < 1) {
    errors.invalid(
      'spec.minReplicas',
      minReplicas,
      'must be greater than or equal to 1',
    );
  }
  if (maxReplicas < 1) {
    errors.required('spec.maxReplicas', 'must be set and greater than 0');
  }
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    errors.invalid(
      'spec.maxReplicas',
      maxReplicas,
      'must be greater than or equal to `minReplicas`',
    );
  }
  validateTarget(spec.scaleTargetRef ?? {}, errors);
  (spec.metrics ?? []).forEach((metric, index) =>
    validateMetric(metric, `spec.metrics[${index}]`, errors),
  );
  if (
    minReplicas === 0 &&
    !(spec.metrics ?? []).some(
      ({ type }) => type === 'Object' || type === 'External',
    )
  ) {
    errors.forbidden(
      'spec.metrics',
      'must specify at least one Object or External metric to support scaling to zero replicas',
    );
  }
  validateRules(spec.behavior?.scaleUp, 'spec.behavior.scaleUp', errors);
  validateRules(spec.behavior?.scaleDown, 'spec.behavior.scaleDown', errors);
}

function validateTarget(
  {
    kind = '',
    name = '',
    apiVersion = '',
  }: NonNullable<Spec['scaleTargetRef']>,
  errors: FieldErrors,
): void {
  const field = 'spec.scaleTargetRef';
  for (const [part, value] of [
    ['kind', kind],
    ['name', name],
  ]) {
    if (value === '') {
      errors.required(`${field}.${part}`);
    } else {
      for (const problem of pathSegment(value)) {
        errors.invalid(`${field}.${part}`, value, problem);
      }
    }
  }
  if (!apiVersion.includes('/') && apiVersion !== 'v1') {
    errors.invalid(
      `${field}.apiVersion`,
      apiVersion,
      'apiVersion must specify API group',
    );
  }
}

function validateMetric(
  metric: MetricFields,
  field: string,
  errors: FieldErrors,
): void {
  const source = SOURCES[metric.type ?? ''];
  if (source === undefined) {
    const types = Object.keys(SOURCES);
    errors.notSupported(`${field}.type`, metric.type ?? '', types);
    errors.notSupported(`${field}.type`, metric.type ?? '', types);
    return;
  }
  switch (metric.type) {
    case 'External':
      validateExternal(metric.external, `${field}.external`, errors);
      return;
    case 'Resource':
      validateResource(metric.resource, `${field}.resource`, errors);
      return;
    default:
      if (metric[source] === undefined) {
        errors.required(
          `${field}.${source}`,
          'must populate information for the given metric source',
        );
      }
  }
}

function validateExternal(
  external: MetricFields['external'],
  field: string,
  errors: FieldErrors,
): void {
  if (!external) {
    errors.required(
      field,
      'must populate information for the given metric source',
    );
    return;
  }
  if (!external.metric?.name) {
    errors.required(`${field}.metric.name`, 'must specify a metric name');
  }
  const { target = {} } = external;
  validateTargetValues(target, `${field}.target`, errors);
  if (target.value === undefined && target.averageValue === undefined) {
    errors.required(
      `${field}.target.averageValue`,
      'must set either a target value for metric or a per-pod target',
    );
  }
  if (target.value !== undefined && target.averageValue !== undefined) {
    errors.forbidden(
      `${field}.target.value`,
      'may not set both a target value for metric and a per-pod target',
    );
  }
}

function validateResource(
  resource: MetricFields['resource'],
  field: string,
  errors: FieldErrors,
): void {
  if (!resource) {
    errors.required(
      field,
      'must populate information for the given metric source',
    );
    return;
  }
  if (!resource.name) {
    errors.required(`${field}.name`, 'must specify a resource name');
  }
  const { target = {} } = resource;
  validateTargetValues(target, `${field}.target`, errors);
  const hasShare = target.averageUtilization !== undefined;
  const hasValue = target.averageValue !== undefined;
  if (!hasShare && !hasValue) {
    errors.required(
      `${field}.target.averageUtilization`,
      'must set either a target raw value or a target utilization',
    );
  }
  if (hasShare && hasValue) {
    errors.forbidden(
      `${field}.target.averageValue`,
      'may not set both a target raw value and a target utilization',
    );
  }
}

function validateTargetValues(
  { type = '', value, averageValue, averageUtilization }: TargetFields,
  field: string,
  errors: FieldErrors,
): void {
  if (type === '') {
    errors.required(`${field}.type`, 'must specify a metric target type');
  } else if (!['Utilization', 'Value', 'AverageValue'].includes(type)) {
    errors.invalid(
      `${field}.type`,
      type,
      'must be either Utilization, Value, or AverageValue',
    );
  }
  if (value !== undefined && parseQuantity(value) <= 0) {
    errors.invalid(`${field}.value`, value, 'must be positive');
  }
  if (averageValue !== undefined && parseQuantity(averageValue) <= 0) {
    errors.invalid(`${field}.averageValue`, averageValue, 'must be positive');
  }
  if (averageUtilization !== undefined && averageUtilization < 1) {
    errors.invalid(
      `${field}.averageUtilization`,
      averageUtilization,
      'must be greater than 0',
    );
  }
}

type TargetFields = NonNullable<
  NonNullable<MetricFields['external']>['target']
>;

function validateRules(
  rules: ScalingRules | undefined,
  field: string,
  errors: FieldErrors,
): void {
  if (!rules) {
    return;
  }
  const { stabilizationWindowSeconds: window, selectPolicy = '' } = rules;
  if (window !== undefined) {
    if (window < 0) {
      errors.invalid(
        `${field}.stabilizationWindowSeconds`,
        window,
        'must be greater than or equal to zero',
      );
    }
    if (window > MAX_WINDOW_SECONDS) {
      errors.invalid(
        `${field}.stabilizationWindowSeconds`,
        window,
        `must be less than or equal to ${MAX_WINDOW_SECONDS}`,
      );
    }
  }
  if (!['Max', 'Min', 'Disabled'].includes(selectPolicy)) {
    errors.notSupported(`${field}.selectPolicy`, selectPolicy, [
      'Disabled',
      'Max',
      'Min',
    ]);
  }
  const { policies = [] } = rules;
  if (policies.length === 0) {
    errors.required(`${field}.policies`, 'must specify at least one Policy');
  }
  policies.forEach(({ type = '', value = 0, periodSeconds = 0 }, index) => {
    const at = `${field}.policies[${index}]`;
    if (type !== 'Pods' && type !== 'Percent') {
      errors.notSupported(`${at}.type`, type, ['Percent', 'Pods']);
    }
    if (value <= 0) {
      errors.invalid(`${at}.value`, value, 'must be greater than zero');
    }
    if (periodSeconds <= 0) {
      errors.invalid(
        `${at}.periodSeconds`,
        periodSeconds,
        'must be greater than zero',
      );
    }
    if (periodSeconds > MAX_PERIOD_SECONDS) {
      errors.invalid(
        `${at}.periodSeconds`,
        periodSeconds,
        `must be less than or equal to ${MAX_PERIOD_SECONDS}`,
      );
    }
  });
}
