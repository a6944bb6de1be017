import type { AccessRequest } from '../../ports/Authorizer';
import type { PolicyRule } from './PolicyRule';

const ANY = '*';

const includes = (list: readonly string[], value: string) =>
  list.includes(ANY) || list.includes(value);

/** Whether a path is what a rule's `nonResourceURLs` entry names; `*` at its end is any rest. */
export function pathMatches(pattern: string, path: string): boolean {
  return (
    pattern === ANY ||
    pattern === path ||
    (pattern.endsWith(ANY) && path.startsWith(pattern.replace(/\*+$/, '')))
  );
}

function resourceMatches(
  rule: PolicyRule,
  resource: string,
  subresource: string | undefined,
): boolean {
  const has = (wanted: string) => rule.resources.includes(wanted);
  return subresource === undefined || subresource === ''
    ? has(ANY) || has(resource)
    : has(ANY) || has(`${resource}/${subresource}`) || has(`*/${subresource}`);
}

/** Whether one rule, of a role that is bound to the user, allows a request. */
export function ruleAllows(rule: PolicyRule, request: AccessRequest): boolean {
  const { verb, group, resource, subresource, name, path } = request;
  if (!includes(rule.verbs, verb)) {
    return false;
  }
  if (path !== undefined) {
    return rule.nonResourceURLs.some(pattern => pathMatches(pattern, path));
  }
  return (
    includes(rule.apiGroups, group ?? '') &&
    resourceMatches(rule, resource ?? '', subresource) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(name ?? ''))
  );
}
