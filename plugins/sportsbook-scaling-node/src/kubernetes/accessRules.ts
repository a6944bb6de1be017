import { AccessQuestion } from '../ports/KubernetesClient';

/** One of the rules that hold for an identity in a namespace. */
export interface AccessRule {
  verbs?: readonly string[] | null;
  apiGroups?: readonly string[] | null;
  resources?: readonly string[] | null;
  /** Empty or absent: all names. */
  resourceNames?: readonly string[] | null;
}

function has(list: readonly string[] | null | undefined, wanted: string[]) {
  return (list ?? []).some(entry => wanted.includes(entry));
}

/**
 * Whether a rule grants what is asked, as Kubernetes' RBAC reads it: an asterisk
 * stands for everything, and before a subresource for every resource that has it.
 *
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export function coversQuestion(
  rule: AccessRule,
  { verb, group, resource, subresource, name }: AccessQuestion,
): boolean {
  const resources =
    subresource === undefined
      ? [resource, '*']
      : [`${resource}/${subresource}`, `*/${subresource}`, '*'];
  const names = rule.resourceNames ?? [];
  return (
    has(rule.verbs, [verb, '*']) &&
    has(rule.apiGroups, [group, '*']) &&
    has(rule.resources, resources) &&
    (names.length === 0 || (name !== undefined && names.includes(name)))
  );
}
