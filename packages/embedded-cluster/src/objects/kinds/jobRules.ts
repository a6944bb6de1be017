import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { LabelSelector } from '../../model/labels';
import type { FieldErrors } from '../validating/FieldErrors';
import { defaultPodSpec } from './defaultPodSpec';
import { requireSameSelector } from './deploymentRules';
import type { KindRules } from './KindRules';
import type { PodTemplateFields } from './podTemplate';
import { shaped } from './shaped';
import { sortedMap } from './sortedMap';
import { validateNotNegative } from './validateNumbers';
import { validateTemplateLabels } from './validateSelector';
import { validateTemplate } from './validatePodSpec';

interface JobFields {
  metadata: KubernetesObject['metadata'];
  spec?: {
    parallelism?: number;
    completions?: number;
    activeDeadlineSeconds?: number;
    backoffLimit?: number;
    ttlSecondsAfterFinished?: number;
    completionMode?: string;
    suspend?: boolean;
    manualSelector?: boolean;
    podReplacementPolicy?: string;
    podFailurePolicy?: unknown;
    selector?: LabelSelector;
    template?: PodTemplateFields;
  };
}

const UID_LABEL = 'batch.kubernetes.io/controller-uid';
const NAME_LABEL = 'batch.kubernetes.io/job-name';
/** As they were called before they had a prefix. */
const OLD_UID_LABEL = 'controller-uid';
const OLD_NAME_LABEL = 'job-name';
const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
] as const;
const MODES = ['NonIndexed', 'Indexed'];

export const jobRules: KindRules = {
  generation: 'spec',
  defaults: object => {
    const { spec, metadata } = shaped<JobFields>(object);
    if (!spec) {
      return;
    }
    if (spec.completions === undefined && spec.parallelism === undefined) {
      spec.completions = 1;
    }
    spec.parallelism ??= 1;
    spec.backoffLimit ??= 6;
    spec.completionMode ??= 'NonIndexed';
    spec.suspend ??= false;
    spec.manualSelector ??= false;
    spec.podReplacementPolicy ??= spec.podFailurePolicy
      ? 'Failed'
      : 'TerminatingOrFailed';
    const labels = spec.template?.metadata?.labels;
    if (labels && metadata.labels === undefined) {
      // The very same: what the selector adds to the one is in both.
      metadata.labels = labels;
    }
    if (spec.template?.spec) {
      // A Job has no restart policy by default: it must say what it wants.
      const { restartPolicy } = spec.template.spec;
      defaultPodSpec(spec.template.spec);
      spec.template.spec.restartPolicy = restartPolicy ?? 'Always';
    }
  },
  prepareCreate: object => {
    object.status = {};
    generateSelector(shaped<JobFields>(object));
  },
  validate: (object, errors) => {
    const { spec = {}, metadata } = shaped<JobFields>(object);
    if (!spec.selector) {
      errors.required('spec.selector');
    } else if (!spec.manualSelector) {
      requireGeneratedSelector(spec, metadata, errors);
    }
    validateTemplateLabels(spec, errors);
    for (const name of COUNTS) {
      validateNotNegative(spec[name], `spec.${name}`, errors);
    }
    validateTemplate(spec.template, errors);
    requireEnd(spec.template, errors);
    if (spec.completionMode && !MODES.includes(spec.completionMode)) {
      errors.notSupported('spec.completionMode', spec.completionMode, MODES);
    }
    if (spec.completionMode === 'Indexed' && spec.completions === undefined) {
      errors.required('spec.completions', 'when completion mode is Indexed');
    }
  },
  validateUpdate: (object, old, errors) => {
    const { spec = {} } = shaped<JobFields>(object);
    const { spec: before = {} } = shaped<JobFields>(old);
    if (spec.completions !== before.completions) {
      errors.invalid(
        'spec.completions',
        spec.completions,
        'field is immutable',
      );
    }
    requireSameSelector(object, old, errors);
    if (!isDeepStrictEqual(spec.template, before.template) && !before.suspend) {
      errors.invalid('spec.template', spec.template, 'field is immutable');
    } else if (!isDeepStrictEqual(spec.template?.spec, before.template?.spec)) {
      errors.invalid(
        'spec.template.spec',
        spec.template?.spec,
        'field is immutable',
      );
    }
    if (spec.completionMode !== before.completionMode) {
      errors.invalid(
        'spec.completionMode',
        spec.completionMode,
        'field is immutable',
      );
    }
  },
};

/** A Job finds its pods by its own uid. */
function generateSelector({ spec, metadata }: JobFields): void {
  if (!spec || spec.manualSelector) {
    return;
  }
  const uid = metadata.uid ?? '';
  const labels = {
    [OLD_NAME_LABEL]: metadata.name,
    [NAME_LABEL]: metadata.name,
    [OLD_UID_LABEL]: uid,
    [UID_LABEL]: uid,
  };
  spec.selector = {
    ...spec.selector,
    matchLabels: { ...spec.selector?.matchLabels, [UID_LABEL]: uid },
  };
  spec.template ??= {};
  spec.template.metadata ??= {};
  spec.template.metadata.labels ??= {};
  Object.assign(spec.template.metadata.labels, labels);
  // A Job without labels has those of its template.
  metadata.labels ??= { ...spec.template.metadata.labels };
}

function requireGeneratedSelector(
  { selector, template }: NonNullable<JobFields['spec']>,
  { uid, name }: KubernetesObject['metadata'],
  errors: FieldErrors,
): void {
  const labels = template?.metadata?.labels ?? {};
  for (const [label, expected] of [
    [UID_LABEL, uid],
    [OLD_UID_LABEL, uid],
    [NAME_LABEL, name],
    [OLD_NAME_LABEL, name],
  ] as const) {
    const field = 'spec.template.metadata.labels';
    if (!(label in labels)) {
      errors.required(`${field}[${label}]`, `must be '${expected}'`);
    } else if (labels[label] !== expected) {
      errors.invalid(field, sortedMap(labels), `must be '${expected}'`);
    }
  }
  if (!isDeepStrictEqual(selector, { matchLabels: { [UID_LABEL]: uid } })) {
    errors.invalid(
      'spec.selector',
      { ...selector, matchLabels: sortedMap(selector?.matchLabels) },
      '`selector` not auto-generated',
    );
  }
}

function requireEnd(
  template: PodTemplateFields | undefined,
  errors: FieldErrors,
): void {
  const { restartPolicy = 'Always' } = template?.spec ?? {};
  if (restartPolicy === 'Always') {
    errors.required(
      'spec.template.spec.restartPolicy',
      'valid values: "OnFailure", "Never"',
    );
  }
}
