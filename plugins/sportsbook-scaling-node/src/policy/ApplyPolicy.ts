import { Config } from '@backstage/config';
import { z } from 'zod/v3';
import { ANY, ApplyRule, applyRuleSchema, covers } from './applyRule';
import { parseConfigSection } from './parseConfigSection';

const CONFIG_KEY = 'sportsbookScaling.apply';

/** Somebody who started a task. */
export interface ApplyUser {
  /** Entity ref, such as `user:default/guest`. */
  ref: string;
  /** Entity refs of the groups that the user is a member of. */
  memberOf: string[];
}

/** What somebody wants to do on a cluster. */
export interface ApplyRequest {
  /** Undefined: a principal that is not a user. Only rules for users '*' cover it. */
  user: ApplyUser | undefined;
  /** Entity ref of the template; undefined where the task came from none. */
  templateRef: string | undefined;
  cluster: string;
  /** Namespaces that are written to. */
  namespaces: readonly string[];
  /** Cluster-scoped kinds that are written, as `group/Kind`; the core group is empty. */
  clusterScopedKinds: readonly string[];
}

export type ApplyDecision =
  | { allowed: true }
  | {
      allowed: false;
      /** Names what was refused, and what is allowed to this user by this template. */
      reason: string;
    };

const quoted = (values: Iterable<string>) =>
  [...new Set(values)].map(value => `'${value}'`).join(', ');

/**
 * Who may apply manifests by which template, to which cluster, in which
 * namespaces and of which cluster-scoped kinds.
 *
 * A request is allowed when every namespace and every kind of it is covered by
 * some rule for its user, template and cluster. Without rules nothing is.
 */
export class ApplyPolicy {
  private constructor(private readonly rules: readonly ApplyRule[]) {}

  /** @throws InputError that lists every problem of `sportsbookScaling.apply`. */
  static fromConfig(config: Config): ApplyPolicy {
    const { rules } = parseConfigSection(
      config,
      CONFIG_KEY,
      z
        .object({ rules: z.array(applyRuleSchema).default([]) })
        .strict()
        .default({}),
    );
    return new ApplyPolicy(rules);
  }

  check(request: ApplyRequest): ApplyDecision {
    const who = request.user?.ref ?? 'A principal that is not a user';
    const template = request.templateRef ?? 'no template';
    const refuse = (what: string, allowed: string): ApplyDecision => ({
      allowed: false,
      reason: `${who} may not apply ${what} by ${template}. ${allowed} Ask those who run Backstage for a rule in ${CONFIG_KEY}.rules.`,
    });

    const ofUser = this.rules.filter(
      rule =>
        this.coversUser(rule, request.user) &&
        (request.templateRef === undefined
          ? rule.templates.includes(ANY)
          : covers(
              rule.templates,
              request.templateRef.toLocaleLowerCase('en-US'),
            )),
    );
    if (ofUser.length === 0) {
      return refuse(
        `to cluster '${request.cluster}'`,
        'No rule is about this user and template.',
      );
    }

    const ofCluster = ofUser.filter(rule =>
      covers(rule.clusters, request.cluster),
    );
    if (ofCluster.length === 0) {
      return refuse(
        `to cluster '${request.cluster}'`,
        `Allowed are the clusters ${quoted(ofUser.flatMap(r => r.clusters))}.`,
      );
    }

    const namespaces = request.namespaces.filter(
      namespace => !ofCluster.some(rule => covers(rule.namespaces, namespace)),
    );
    if (namespaces.length > 0) {
      return refuse(
        `in namespace ${quoted(namespaces)} of cluster '${request.cluster}'`,
        `Allowed there are the namespaces ${quoted(
          ofCluster.flatMap(rule => rule.namespaces),
        )}.`,
      );
    }

    const kinds = request.clusterScopedKinds.filter(
      kind => !ofCluster.some(rule => covers(rule.clusterScopedKinds, kind)),
    );
    if (kinds.length > 0) {
      const allowed = ofCluster.flatMap(rule => rule.clusterScopedKinds);
      return refuse(
        `the cluster-scoped kind ${quoted(kinds)} to cluster '${
          request.cluster
        }'`,
        allowed.length === 0
          ? 'No cluster-scoped kind is allowed there.'
          : `Allowed there are the cluster-scoped kinds ${quoted(allowed)}.`,
      );
    }
    return { allowed: true };
  }

  private coversUser(rule: ApplyRule, user: ApplyUser | undefined): boolean {
    const refs = user === undefined ? [] : [user.ref, ...user.memberOf];
    return (
      rule.users.includes(ANY) ||
      refs.some(ref => rule.users.includes(ref.toLocaleLowerCase('en-US')))
    );
  }
}
