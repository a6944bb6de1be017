import type { FieldErrors } from '../validating/FieldErrors';
import { dnsSubdomain } from '../validating/names';
import { validateLabels } from '../validating/validateMetadata';
import type { PodSpecFields, PodTemplateFields } from './podTemplate';
import { validateContainers } from './validateContainers';
import { validateNotNegative } from './validateNumbers';
import { validateVolumes } from './validateVolumes';

const DNS_POLICIES = [
  'ClusterFirstWithHostNet',
  'ClusterFirst',
  'Default',
  'None',
];
const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];

/** @param field - path of the spec, such as `spec.template.spec` */
export function validatePodSpec(
  spec: PodSpecFields,
  field: string,
  errors: FieldErrors,
): void {
  const volumes = validateVolumes(
    spec.volumes ?? [],
    `${field}.volumes`,
    errors,
  );
  const names = new Set<string>();
  const isPod = field === 'spec';
  if ((spec.containers ?? []).length === 0) {
    errors.required(`${field}.containers`);
  }
  for (const list of ['containers', 'initContainers'] as const) {
    validateContainers(
      spec[list] ?? [],
      { field: `${field}.${list}`, volumes, names, isPod },
      errors,
    );
  }
  const { restartPolicy, dnsPolicy } = spec;
  if (restartPolicy && !RESTART_POLICIES.includes(restartPolicy)) {
    errors.notSupported(
      `${field}.restartPolicy`,
      restartPolicy,
      RESTART_POLICIES,
    );
  }
  if (dnsPolicy && !DNS_POLICIES.includes(dnsPolicy)) {
    errors.notSupported(`${field}.dnsPolicy`, dnsPolicy, DNS_POLICIES);
  }
  if (spec.serviceAccountName) {
    for (const problem of dnsSubdomain(spec.serviceAccountName)) {
      errors.invalid(
        `${field}.serviceAccountName`,
        spec.serviceAccountName,
        problem,
      );
    }
  }
  const { activeDeadlineSeconds } = spec;
  if (activeDeadlineSeconds !== undefined && activeDeadlineSeconds < 1) {
    errors.invalid(
      `${field}.activeDeadlineSeconds`,
      activeDeadlineSeconds,
      'must be between 1 and 2147483647, inclusive',
    );
  }
}

/** A workload's template: labels and spec. */
export function validateTemplate(
  template: PodTemplateFields | undefined,
  errors: FieldErrors,
): void {
  validateLabels(template?.metadata?.labels, 'spec.template.labels', errors);
  validatePodSpec(template?.spec ?? {}, 'spec.template.spec', errors);
}

/** Counts of replicas. */
export function validateReplicas(
  replicas: number | undefined,
  errors: FieldErrors,
): void {
  validateNotNegative(replicas, 'spec.replicas', errors);
}
