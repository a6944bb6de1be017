import { isDeepStrictEqual } from 'node:util';
import type { LabelSelector } from '../../model/labels';
import type { FieldErrors } from '../validating/FieldErrors';
import { defaultPodSpec } from './defaultPodSpec';
import type { KindRules } from './KindRules';
import type { PodTemplateFields } from './podTemplate';
import { shaped } from './shaped';
import {
  validateNotNegative,
  validateNumberOrPercent,
} from './validateNumbers';
import { validateTemplateSelector } from './validateSelector';
import { validateReplicas, validateTemplate } from './validatePodSpec';

interface DeploymentFields {
  spec?: {
    replicas?: number;
    selector?: LabelSelector;
    template?: PodTemplateFields;
    strategy?: StrategyFields;
    minReadySeconds?: number;
    revisionHistoryLimit?: number;
    progressDeadlineSeconds?: number;
  };
}

interface StrategyFields {
  type?: string;
  rollingUpdate?: {
    maxSurge?: number | string;
    maxUnavailable?: number | string;
  };
}

type Spec = NonNullable<DeploymentFields['spec']>;

export const deploymentRules: KindRules = {
  generation: 'specAndAnnotations',
  defaults: object => {
    const { spec } = shaped<DeploymentFields>(object);
    if (!spec) {
      return;
    }
    spec.replicas ??= 1;
    spec.strategy ??= {};
    spec.strategy.type ||= 'RollingUpdate';
    if (spec.strategy.type === 'RollingUpdate') {
      spec.strategy.rollingUpdate = {
        maxUnavailable: '25%',
        maxSurge: '25%',
        ...spec.strategy.rollingUpdate,
      };
    }
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    if (spec.template?.spec) {
      defaultPodSpec(spec.template.spec);
    }
  },
  prepareCreate: object => {
    object.status = {};
  },
  validate: (object, errors) => {
    const { spec = {} } = shaped<DeploymentFields>(object);
    validateReplicas(spec.replicas, errors);
    validateTemplateSelector('deployment', spec, errors);
    validateTemplate(spec.template, errors);
    requireRestarts(spec.template, errors);
    validateStrategy(spec.strategy ?? {}, errors);
    validateTimes(spec, errors);
  },
  validateUpdate: (object, old, errors) => {
    requireSameSelector(object, old, errors);
  },
};

/** Pods of a workload that runs for ever are always restarted. */
export function requireRestarts(
  template: PodTemplateFields | undefined,
  errors: FieldErrors,
): void {
  const { restartPolicy } = template?.spec ?? {};
  if (restartPolicy === 'OnFailure' || restartPolicy === 'Never') {
    errors.notSupported('spec.template.spec.restartPolicy', restartPolicy, [
      'Always',
    ]);
  }
}

/** Which pods a workload owns cannot change. */
export function requireSameSelector(
  object: object,
  old: object,
  errors: FieldErrors,
): void {
  const selector = shaped<DeploymentFields>(object).spec?.selector;
  if (
    !isDeepStrictEqual(selector, shaped<DeploymentFields>(old).spec?.selector)
  ) {
    errors.invalid('spec.selector', selector, 'field is immutable');
  }
}

function validateStrategy(
  { type = '', rollingUpdate }: StrategyFields,
  errors: FieldErrors,
): void {
  const field = 'spec.strategy.rollingUpdate';
  switch (type) {
    case 'Recreate':
      if (rollingUpdate) {
        errors.forbidden(
          field,
          "may not be specified when strategy `type` is 'Recreate'",
        );
      }
      return;
    case 'RollingUpdate': {
      const { maxSurge, maxUnavailable } = rollingUpdate ?? {};
      validateNumberOrPercent(
        maxUnavailable,
        `${field}.maxUnavailable`,
        errors,
      );
      validateNumberOrPercent(maxSurge, `${field}.maxSurge`, errors);
      if (isNone(maxUnavailable) && isNone(maxSurge)) {
        errors.invalid(
          `${field}.maxUnavailable`,
          maxUnavailable,
          'may not be 0 when `maxSurge` is 0',
        );
      }
      if (
        typeof maxUnavailable === 'string' &&
        parseInt(maxUnavailable, 10) > 100
      ) {
        errors.invalid(
          `${field}.maxUnavailable`,
          maxUnavailable,
          'must not be greater than 100%',
        );
      }
      return;
    }
    default:
      errors.notSupported(
        'spec.strategy',
        { Type: type, RollingUpdate: rollingUpdate ?? null },
        ['Recreate', 'RollingUpdate'],
      );
  }
}

function isNone(value: number | string | undefined): boolean {
  return value === 0 || value === '0%';
}

function validateTimes(
  { minReadySeconds, revisionHistoryLimit, progressDeadlineSeconds }: Spec,
  errors: FieldErrors,
): void {
  validateNotNegative(minReadySeconds, 'spec.minReadySeconds', errors);
  validateNotNegative(
    revisionHistoryLimit,
    'spec.revisionHistoryLimit',
    errors,
  );
  if (progressDeadlineSeconds !== undefined) {
    validateNotNegative(
      progressDeadlineSeconds,
      'spec.progressDeadlineSeconds',
      errors,
    );
    if (progressDeadlineSeconds <= (minReadySeconds ?? 0)) {
      errors.invalid(
        'spec.progressDeadlineSeconds',
        progressDeadlineSeconds,
        'must be greater than minReadySeconds',
      );
    }
  }
}
