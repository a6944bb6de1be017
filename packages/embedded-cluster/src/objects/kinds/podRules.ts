import { isDeepStrictEqual } from 'node:util';
import { defaultPodSpec } from './defaultPodSpec';
import type { KindRules } from './KindRules';
import type { ContainerFields, PodSpecFields } from './podTemplate';
import { qosClass } from './qosClass';
import { validatePodSpec } from './validatePodSpec';
import { shaped } from './shaped';

interface PodFields {
  spec?: PodSpecFields;
  status?: {
    phase?: string;
    qosClass?: string;
    conditions?: {
      lastProbeTime?: string | null;
      lastTransitionTime?: string | null;
    }[];
  };
}

const MAY_CHANGE =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

export const podRules: KindRules = {
  generation: 'specButNode',
  defaults: object => {
    const { spec, status } = shaped<PodFields>(object);
    if (spec) {
      defaultPodSpec(spec);
      spec.enableServiceLinks ??= true;
      for (const container of [
        ...(spec.containers ?? []),
        ...(spec.initContainers ?? []),
      ]) {
        requestUpToLimits(container);
      }
    }
    for (const condition of status?.conditions ?? []) {
      // Times that Go writes even where there are none.
      condition.lastProbeTime ??= null;
      condition.lastTransitionTime ??= null;
    }
  },
  prepareCreate: object => {
    const pod = shaped<PodFields>(object);
    pod.status = { phase: 'Pending', qosClass: qosClass(pod.spec ?? {}) };
  },
  prepareUpdate: (object, old, subresource) => {
    if (subresource === undefined) {
      object.status = old.status;
    }
  },
  validate: (object, errors) => {
    validatePodSpec(shaped<PodFields>(object).spec ?? {}, 'spec', errors);
  },
  validateUpdate: (object, old, errors) => {
    const { spec = {} } = shaped<PodFields>(object);
    const { spec: before = {} } = shaped<PodFields>(old);
    if ((spec.containers ?? []).length !== (before.containers ?? []).length) {
      errors.forbidden(
        'spec.containers',
        'pod updates may not add or remove containers',
      );
    } else if (
      !isDeepStrictEqual(fixedPart(spec), fixedPart(before)) ||
      (before.nodeName !== undefined && spec.nodeName !== before.nodeName)
    ) {
      errors.forbidden('spec', MAY_CHANGE);
    }
  },
};

/** Of a pod's spec, what stays as it is. A pod is bound to its node once. */
function fixedPart({
  containers = [],
  initContainers = [],
  activeDeadlineSeconds: _deadline,
  tolerations: _tolerations,
  terminationGracePeriodSeconds: _grace,
  nodeName: _node,
  ...rest
}: PodSpecFields): unknown {
  const withoutImage = ({ image: _image, ...container }: ContainerFields) =>
    container;
  return {
    ...rest,
    containers: containers.map(withoutImage),
    initContainers: initContainers.map(withoutImage),
  };
}

/** What a pod limits but does not request, it requests up to the limit. */
function requestUpToLimits({ resources }: ContainerFields): void {
  if (resources?.limits) {
    resources.requests = { ...resources.limits, ...resources.requests };
  }
}
