import { z } from 'zod/v3';
import { OWN_ROLE_BINDING, ROLE_BINDING } from '../model/WrittenKinds';
import { DEFAULT_KINDS } from './defaultKinds';

/** Stands for every value of a list. */
export const ANY = '*';

const anyOr = (pattern: RegExp, expectation: string) =>
  z.string().refine(
    value => value === ANY || pattern.test(value),
    value => ({ message: `'${value}' must be '${ANY}' or ${expectation}` }),
  );

/** Entity refs compare without regard to case. */
const entityRef = (kinds: string, example: string) =>
  anyOr(
    new RegExp(`^(?:${kinds}):[^:/\\s]+/[^:/\\s]+$`, 'i'),
    `a whole entity ref such as '${example}'`,
  ).transform(ref => ref.toLocaleLowerCase('en-US'));

const name = z.string().min(1);

const namespaceName = z
  .string()
  .regex(
    /^[^*]*\*?$/,
    "must be a name, the beginning of names as in 'team-*', or '*'",
  )
  .min(1);

const groupKind = (example: string, alsoAllowed?: string) =>
  anyOr(
    new RegExp(
      `^[a-z0-9.-]*/[A-Za-z0-9]+$${
        alsoAllowed === undefined ? '' : `|^${alsoAllowed}$`
      }`,
    ),
    `'group/Kind' such as ${example}`,
  );

/** One entry of `sportsbookScaling.apply.rules`: who may apply by which template, where, and what. */
export const applyRuleSchema = z
  .object({
    users: z.array(entityRef('user|group', 'group:default/platform')).min(1),
    templates: z
      .array(entityRef('template', 'template:default/my-template'))
      .min(1)
      .default([ANY]),
    clusters: z.array(name).min(1),
    namespaces: z.array(namespaceName).min(1),
    kinds: z
      .array(
        groupKind(
          "'apps/Deployment', or '/Service' for the core group",
          OWN_ROLE_BINDING,
        ),
      )
      .min(1)
      .default(DEFAULT_KINDS),
    clusterScopedKinds: z
      .array(
        groupKind(
          "'apiextensions.k8s.io/CustomResourceDefinition', or '/Namespace' for the core group",
        ),
      )
      .default([]),
  })
  .strict();

export type ApplyRule = z.infer<typeof applyRuleSchema>;

/** Whether a list of a rule covers the value. */
export function covers(list: readonly string[], value: string): boolean {
  return list.includes(ANY) || list.includes(value);
}

/**
 * As {@link covers}, for namespaces, where `team-*` stands for every name that
 * begins so; Kubernetes' names hold no asterisk.
 */
export function coversNamespace(
  list: readonly string[],
  namespace: string,
): boolean {
  return list.some(entry =>
    entry.endsWith(ANY)
      ? namespace.startsWith(entry.slice(0, -ANY.length))
      : entry === namespace,
  );
}

/** As {@link covers}; whoever may bind any role may bind the manifests' own. */
export function coversKind(kinds: readonly string[], kind: string): boolean {
  return (
    covers(kinds, kind) ||
    (kind === OWN_ROLE_BINDING && kinds.includes(ROLE_BINDING))
  );
}
