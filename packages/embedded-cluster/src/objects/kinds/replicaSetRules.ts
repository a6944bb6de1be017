import type { LabelSelector } from '../../model/labels';
import { defaultPodSpec } from './defaultPodSpec';
import { requireRestarts, requireSameSelector } from './deploymentRules';
import type { KindRules } from './KindRules';
import type { PodTemplateFields } from './podTemplate';
import { shaped } from './shaped';
import { validateNotNegative } from './validateNumbers';
import { validateTemplateSelector } from './validateSelector';
import { validateReplicas, validateTemplate } from './validatePodSpec';

interface ReplicaSetFields {
  spec?: {
    replicas?: number;
    minReadySeconds?: number;
    selector?: LabelSelector;
    template?: PodTemplateFields;
  };
}

export const replicaSetRules: KindRules = {
  generation: 'spec',
  defaults: object => {
    const { spec } = shaped<ReplicaSetFields>(object);
    if (spec) {
      spec.replicas ??= 1;
      if (spec.template?.spec) {
        defaultPodSpec(spec.template.spec);
      }
    }
  },
  prepareCreate: object => {
    object.status = { replicas: 0 };
  },
  validate: (object, errors) => {
    const { spec = {} } = shaped<ReplicaSetFields>(object);
    validateReplicas(spec.replicas, errors);
    validateNotNegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
    validateTemplateSelector('replicaset', spec, errors);
    validateTemplate(spec.template, errors);
    requireRestarts(spec.template, errors);
  },
  validateUpdate: requireSameSelector,
};
