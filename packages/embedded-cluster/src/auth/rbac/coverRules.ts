import type { PolicyRule } from './PolicyRule';
import { pathMatches } from './ruleAllows';

const ANY = '*';

/** A right that cannot be split further: one verb on one thing. */
type Right =
  | { verb: string; group: string; resource: string; name?: string }
  | { verb: string; path: string };

function split(rule: PolicyRule): Right[] {
  const names =
    rule.resourceNames.length === 0 ? [undefined] : rule.resourceNames;
  return [
    ...rule.apiGroups.flatMap(group =>
      rule.resources.flatMap(resource =>
        rule.verbs.flatMap(verb =>
          names.map(name => ({ verb, group, resource, name })),
        ),
      ),
    ),
    ...rule.nonResourceURLs.flatMap(path =>
      rule.verbs.map(verb => ({ verb, path })),
    ),
  ];
}

const has = (list: readonly string[], value: string) =>
  list.includes(ANY) || list.includes(value);

function resourceCovered(held: readonly string[], resource: string): boolean {
  const [, subresource] = resource.split('/');
  return (
    has(held, resource) ||
    (subresource !== undefined && held.includes(`*/${subresource}`))
  );
}

function covers(held: PolicyRule, right: Right): boolean {
  if (!has(held.verbs, right.verb)) {
    return false;
  }
  if ('path' in right) {
    // A pattern is covered by a pattern: '/a/*' by '/*', not '/*' by '/a/*'.
    return held.nonResourceURLs.some(own => pathMatches(own, right.path));
  }
  return (
    has(held.apiGroups, right.group) &&
    resourceCovered(held.resources, right.resource) &&
    (held.resourceNames.length === 0 ||
      (right.name !== undefined && held.resourceNames.includes(right.name)))
  );
}

const quoted = (list: readonly string[]) =>
  `[${list.map(text => JSON.stringify(text)).join(' ')}]`;

function describe(right: Right, verbs: readonly string[]): string {
  const parts =
    'path' in right
      ? [`NonResourceURLs:${quoted([right.path])}`]
      : [
          `APIGroups:${quoted([right.group])}`,
          `Resources:${quoted([right.resource])}`,
          ...(right.name === undefined
            ? []
            : [`ResourceNames:${quoted([right.name])}`]),
        ];
  return `{${[...parts, `Verbs:${quoted(verbs)}`].join(', ')}}`;
}

/**
 * The rights of `wanted` that `held` does not include, one line for each thing,
 * sorted, in the words of the API server's refusal; empty when all are held.
 */
export function missingRights(
  held: readonly PolicyRule[],
  wanted: readonly PolicyRule[],
): string[] {
  const missing = new Map<string, { right: Right; verbs: string[] }>();
  for (const right of wanted.flatMap(split)) {
    if (held.some(rule => covers(rule, right))) {
      continue;
    }
    const { verb, ...thing } = right;
    const key = JSON.stringify(Object.entries(thing));
    const entry = missing.get(key) ?? { right, verbs: [] };
    missing.set(key, entry);
    if (!entry.verbs.includes(verb)) {
      entry.verbs.push(verb);
    }
  }
  return [...missing.values()]
    .map(({ right, verbs }) => describe(right, verbs))
    .sort();
}
