import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import type { FieldErrors } from './FieldErrors';
import {
  dnsLabel,
  dnsSubdomain,
  labelKey,
  labelValue,
  qualifiedName,
  type NameRule,
} from './names';

const ANNOTATIONS_LIMIT_BYTES = 256 * 1024;

interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
}

/** Name, namespace, labels, annotations, owners and finalizers of a new or changed object. */
export function validateMetadata(
  { metadata }: KubernetesObject,
  type: Pick<ResourceType, 'namespaced' | 'custom'>,
  nameRule: NameRule = dnsSubdomain,
  errors: FieldErrors,
): void {
  if (metadata.name === undefined || metadata.name === '') {
    errors.required('metadata.name', 'name or generateName is required');
  } else {
    for (const problem of nameRule(metadata.name)) {
      errors.invalid('metadata.name', metadata.name, problem);
    }
  }
  if (type.namespaced) {
    const { namespace } = metadata;
    if (namespace === undefined || namespace === '') {
      errors.required('metadata.namespace');
    } else {
      for (const problem of dnsLabel(namespace)) {
        errors.invalid('metadata.namespace', namespace, problem);
      }
    }
  }
  validateFreeMetadata({ metadata }, errors);
  validateFinalizers(metadata, type.custom, errors);
  const { finalizers = [] } = metadata;
  if (
    finalizers.includes('orphan') &&
    finalizers.includes('foregroundDeletion')
  ) {
    errors.invalid(
      'metadata.finalizers',
      finalizers,
      'finalizer orphan and foregroundDeletion cannot be both set',
    );
  }
}

/** Of built-in kinds, others than the cluster's own must be domain-qualified. */
const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

function validateFinalizers(
  { finalizers = [] }: KubernetesObject['metadata'],
  isCustom: boolean,
  errors: FieldErrors,
): void {
  finalizers.forEach((finalizer, index) => {
    const problems = qualifiedName(finalizer);
    for (const problem of problems) {
      errors.invalid('metadata.finalizers', finalizer, problem);
    }
    if (
      problems.length === 0 &&
      !isCustom &&
      !finalizer.includes('/') &&
      !STANDARD_FINALIZERS.includes(finalizer)
    ) {
      errors.invalid(
        `metadata.finalizers[${index}]`,
        finalizer,
        'name is neither a standard finalizer name nor is it fully qualified',
      );
    }
  });
}

/** What a client may change at any time. */
export function validateFreeMetadata(
  { metadata }: Pick<KubernetesObject, 'metadata'>,
  errors: FieldErrors,
): void {
  validateLabels(metadata.labels, 'metadata.labels', errors);
  validateAnnotations(metadata.annotations, errors);
  validateOwners(metadata.ownerReferences, errors);
}

/** @param field - path of the map */
export function validateLabels(
  labels: Record<string, string> | undefined,
  field: string,
  errors: FieldErrors,
): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    for (const problem of labelKey(key)) {
      errors.invalid(field, key, problem);
    }
    for (const problem of labelValue(value)) {
      errors.invalid(field, value, problem);
    }
  }
}

function validateAnnotations(
  annotations: Record<string, string> | undefined,
  errors: FieldErrors,
): void {
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations ?? {})) {
    for (const problem of qualifiedName(key.toLowerCase())) {
      errors.invalid('metadata.annotations', key, problem);
    }
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (bytes > ANNOTATIONS_LIMIT_BYTES) {
    errors.tooLong('metadata.annotations', ANNOTATIONS_LIMIT_BYTES);
  }
}

function validateOwners(value: unknown, errors: FieldErrors): void {
  const owners = (value ?? []) as OwnerReference[];
  const field = 'metadata.ownerReferences';
  let controller: OwnerReference | undefined;
  for (const owner of owners) {
    for (const name of ['apiVersion', 'kind', 'name', 'uid'] as const) {
      if (!owner[name]) {
        errors.invalid(
          `${field}.${name}`,
          '',
          name === 'apiVersion'
            ? 'version must not be empty'
            : 'must not be empty',
        );
      }
    }
    if (owner.controller) {
      if (controller) {
        errors.invalid(
          field,
          owners,
          `Only one reference can have Controller set to true. Found "true" in references for ${controller.kind}/${controller.name} and ${owner.kind}/${owner.name}`,
        );
      }
      controller = owner;
    }
  }
}
