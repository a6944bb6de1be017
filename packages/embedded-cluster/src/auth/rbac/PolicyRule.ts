import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';

/** One rule of a Role; absent lists are empty. */
export interface PolicyRule {
  verbs: readonly string[];
  apiGroups: readonly string[];
  resources: readonly string[];
  /** Empty: every name. */
  resourceNames: readonly string[];
  nonResourceURLs: readonly string[];
}

// A rule without a list has it as null after a merge patch.
const strings = z
  .array(z.string())
  .nullish()
  .transform(list => list ?? []);

const ruleSchema = z.object({
  verbs: strings,
  apiGroups: strings,
  resources: strings,
  resourceNames: strings,
  nonResourceURLs: strings,
});

const roleSchema = z.object({
  rules: z
    .array(ruleSchema)
    .nullish()
    .transform(rules => rules ?? []),
});

/** The rules of a Role or ClusterRole. */
export function rulesOf(role: KubernetesObject): readonly PolicyRule[] {
  return roleSchema.parse(role).rules;
}
