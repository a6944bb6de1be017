import { isDeepStrictEqual } from 'node:util';
import type { FieldErrors } from '../validating/FieldErrors';
import { dnsSubdomain, pathSegment } from '../validating/names';
import type { KindRules } from './KindRules';
import { shaped } from './shaped';

const RBAC = 'rbac.authorization.k8s.io';

interface SubjectFields {
  kind?: string;
  apiGroup?: string;
  name?: string;
  namespace?: string;
}

interface BindingFields {
  kind: string;
  roleRef?: { apiGroup?: string; kind?: string; name?: string };
  subjects?: SubjectFields[];
}

export const roleBindingRules: KindRules = {
  nameRule: pathSegment,
  createsOnUpdate: true,
  defaults: object => {
    const { roleRef, subjects = [] } = shaped<BindingFields>(object);
    if (roleRef) {
      roleRef.apiGroup ||= RBAC;
    }
    for (const subject of subjects) {
      if (subject.kind === 'User' || subject.kind === 'Group') {
        subject.apiGroup ||= RBAC;
      }
    }
  },
  validate: (object, errors) => {
    const binding = shaped<BindingFields>(object);
    validateRole(binding, errors);
    (binding.subjects ?? []).forEach((subject, index) =>
      validateSubject(
        subject,
        `subjects[${index}]`,
        binding.kind === 'ClusterRoleBinding',
        errors,
      ),
    );
  },
  validateUpdate: (object, old, errors) => {
    const { roleRef = {} } = shaped<BindingFields>(object);
    if (!isDeepStrictEqual(roleRef, shaped<BindingFields>(old).roleRef)) {
      errors.invalid(
        'roleRef',
        {
          APIGroup: roleRef.apiGroup,
          Kind: roleRef.kind,
          Name: roleRef.name,
        },
        'cannot change roleRef',
      );
    }
  },
};

function validateRole(
  { kind, roleRef = {} }: BindingFields,
  errors: FieldErrors,
): void {
  if (roleRef.apiGroup !== RBAC) {
    errors.notSupported('roleRef.apiGroup', roleRef.apiGroup ?? '', [RBAC]);
  }
  const kinds =
    kind === 'ClusterRoleBinding' ? ['ClusterRole'] : ['Role', 'ClusterRole'];
  if (!kinds.includes(roleRef.kind ?? '')) {
    errors.notSupported('roleRef.kind', roleRef.kind ?? '', kinds);
  }
  if (!roleRef.name) {
    errors.required('roleRef.name');
    return;
  }
  for (const problem of pathSegment(roleRef.name)) {
    errors.invalid('roleRef.name', roleRef.name, problem);
  }
}

function validateSubject(
  { kind = '', apiGroup = '', name = '', namespace = '' }: SubjectFields,
  field: string,
  isClusterWide: boolean,
  errors: FieldErrors,
): void {
  if (name === '') {
    errors.required(`${field}.name`);
  }
  switch (kind) {
    case 'ServiceAccount':
      for (const problem of name === '' ? [] : dnsSubdomain(name)) {
        errors.invalid(`${field}.name`, name, problem);
      }
      if (apiGroup !== '') {
        errors.notSupported(`${field}.apiGroup`, apiGroup, ['']);
      }
      if (namespace === '' && isClusterWide) {
        errors.required(`${field}.namespace`);
      }
      return;
    case 'User':
    case 'Group':
      if (apiGroup !== RBAC) {
        errors.notSupported(`${field}.apiGroup`, apiGroup, [RBAC]);
      }
      return;
    default:
      errors.notSupported(`${field}.kind`, kind, [
        'ServiceAccount',
        'User',
        'Group',
      ]);
  }
}
