import type { FieldErrors } from '../validating/FieldErrors';
import { pathSegment } from '../validating/names';
import type { KindRules } from './KindRules';
import { shaped } from './shaped';

interface RuleFields {
  verbs?: string[];
  apiGroups?: string[];
  resources?: string[];
  nonResourceURLs?: string[];
}

interface RoleFields {
  rules?: RuleFields[] | null;
}

/** Roles and ClusterRoles: only the latter are about paths, too. */
export const roleRules: KindRules = {
  nameRule: pathSegment,
  createsOnUpdate: true,
  addNulls: (object, sent) => {
    if (!Array.isArray(object.rules) || object.rules.length === 0) {
      object.rules = Array.isArray(sent?.rules) ? [] : null;
    }
  },
  validate: (object, errors) => {
    const { rules } = shaped<RoleFields>(object);
    (rules ?? []).forEach((rule, index) =>
      validateRule(rule, `rules[${index}]`, object.kind === 'Role', errors),
    );
  },
};

function validateRule(
  {
    verbs = [],
    apiGroups = [],
    resources = [],
    nonResourceURLs = [],
  }: RuleFields,
  field: string,
  isNamespaced: boolean,
  errors: FieldErrors,
): void {
  if (verbs.length === 0) {
    errors.required(`${field}.verbs`, 'verbs must contain at least one value');
  }
  if (nonResourceURLs.length > 0) {
    if (isNamespaced) {
      errors.invalid(
        `${field}.nonResourceURLs`,
        nonResourceURLs,
        'namespaced rules cannot apply to non-resource URLs',
      );
    } else if (apiGroups.length > 0 || resources.length > 0) {
      errors.invalid(
        `${field}.nonResourceURLs`,
        nonResourceURLs,
        'rules cannot apply to both regular resources and non-resource URLs',
      );
    }
    return;
  }
  if (apiGroups.length === 0) {
    errors.required(
      `${field}.apiGroups`,
      'resource rules must supply at least one api group',
    );
  }
  if (resources.length === 0) {
    errors.required(
      `${field}.resources`,
      'resource rules must supply at least one resource',
    );
  }
}
