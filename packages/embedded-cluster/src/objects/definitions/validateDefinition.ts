import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { DefinitionFields } from '../kinds/definitionRules';
import { shaped } from '../kinds/shaped';
import type { FieldErrors } from '../validating/FieldErrors';
import { dns1035Label, dnsSubdomain } from '../validating/names';
import { schemaField } from '../custom/rules/schemaField';
import { validateStructure } from './validateStructure';

const SCOPES = ['Cluster', 'Namespaced'];
const PROTECTED_GROUP = /(^|\.)(k8s|kubernetes)\.io$/;
const APPROVAL = 'api-approved.kubernetes.io';

type Spec = NonNullable<DefinitionFields['spec']>;
type Names = NonNullable<Spec['names']>;

/** What a CustomResourceDefinition must have to be served. */
export function validateDefinition(
  object: KubernetesObject,
  errors: FieldErrors,
): void {
  const { spec = {}, status = {} } = shaped<DefinitionFields>(object);
  const { group = '', scope = '', names = {} } = spec;
  const { metadata } = object;
  if (metadata.name !== `${names.plural ?? ''}.${group}`) {
    errors.invalid(
      'metadata.name',
      metadata.name,
      'must be spec.names.plural+"."+spec.group',
    );
  }
  validateGroup(object, group, errors);
  if (scope === '') {
    errors.required('spec.scope');
  } else if (!SCOPES.includes(scope)) {
    errors.notSupported('spec.scope', scope, SCOPES);
  }
  validateVersions(spec, errors);
  validateNames(names, errors);
  if ((status.storedVersions ?? []).length === 0) {
    errors.invalid(
      'status.storedVersions',
      null,
      'must have at least one stored version',
    );
  }
  for (const [index, stored] of (status.storedVersions ?? []).entries()) {
    if (!(spec.versions ?? []).some(({ name }) => name === stored)) {
      errors.invalid(
        `status.storedVersions[${index}]`,
        stored,
        'missing from spec.versions; v1 was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in v1 and removes v1 from status.storedVersions'.replaceAll(
          'v1',
          stored,
        ),
      );
    }
  }
}

function validateGroup(
  { metadata }: KubernetesObject,
  group: string,
  errors: FieldErrors,
): void {
  if (group === '') {
    errors.required('spec.group');
    return;
  }
  for (const problem of dnsSubdomain(group)) {
    errors.invalid('spec.group', group, problem);
  }
  if (!group.includes('.')) {
    errors.invalid(
      'spec.group',
      group,
      'should be a domain with at least one dot',
    );
  }
  if (PROTECTED_GROUP.test(group) && !metadata.annotations?.[APPROVAL]) {
    errors.required(
      `metadata.annotations[${APPROVAL}]`,
      `protected groups must have approval annotation "${APPROVAL}", see https://github.com/kubernetes/enhancements/pull/1111`,
    );
  }
}

function validateVersions({ versions = [] }: Spec, errors: FieldErrors): void {
  const seen = new Set<string>();
  versions.forEach(({ name = '', schema }, index) => {
    const field = `spec.versions[${index}]`;
    for (const problem of dns1035Label(name)) {
      errors.invalid(`${field}.name`, name, problem);
    }
    if (seen.has(name)) {
      errors.invalid(
        'spec.versions',
        name,
        'must contain unique version names',
      );
    }
    seen.add(name);
    if (!schema?.openAPIV3Schema) {
      errors.required(`${field}.schema.openAPIV3Schema`);
    } else {
      validateStructure(
        schema.openAPIV3Schema,
        schemaField(versions.length, index),
        errors,
      );
    }
  });
  if (versions.filter(({ storage }) => storage).length !== 1) {
    errors.invalid(
      'spec.versions',
      versions.length === 0 ? null : versions.map(({ name }) => name),
      'must have exactly one version marked as storage version',
    );
  }
}

function validateNames(names: Names, errors: FieldErrors): void {
  for (const name of ['plural', 'singular', 'kind', 'listKind'] as const) {
    const value = names[name] ?? '';
    const field = `spec.names.${name}`;
    if (value === '') {
      errors.required(field);
      continue;
    }
    const mixedCase = name === 'kind' || name === 'listKind';
    for (const problem of dns1035Label(
      mixedCase ? value.toLowerCase() : value,
    )) {
      errors.invalid(
        field,
        value,
        mixedCase
          ? `may have mixed case, but should otherwise match: ${problem}`
          : problem,
      );
    }
  }
  (names.shortNames ?? []).forEach((shortName, index) => {
    for (const problem of dns1035Label(shortName)) {
      errors.invalid(`spec.names.shortNames[${index}]`, shortName, problem);
    }
  });
  if (names.kind !== undefined && names.kind === names.listKind) {
    errors.invalid(
      'spec.names.listKind',
      names.listKind,
      'kind and listKind may not be the same',
    );
  }
}
