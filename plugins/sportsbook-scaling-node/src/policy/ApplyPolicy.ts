import { Config } from '@backstage/config';
import { z } from 'zod/v3';
import {
  ANY,
  ApplyRule,
  applyRuleSchema,
  covers,
  coversKind,
  coversNamespace,
} from './applyRule';
import { parseConfigSection } from './parseConfigSection';

/** In place of a template's ref: whichever template. */
export const ANY_TEMPLATE = Symbol('any template');

const CONFIG_KEY = 'sportsbookScaling.apply';

/** Somebody who started a task. */
export interface ApplyUser {
  /** Entity ref, such as `user:default/guest`. */
  ref: string;
  /** Entity refs that the user acts for besides, such as its groups. */
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
  /** Namespaced kinds that are written, as `WrittenKinds` has them. */
  kinds: readonly string[];
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
 * namespaces and of which kinds.
 *
 * Of the rules for its user, template and cluster, a request needs one for each
 * pair of its namespaces and kinds, and one for each cluster-scoped kind.
 * Without rules nothing is allowed.
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

    const ofUser = this.rulesFor(request.user, request.templateRef);
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
      namespace =>
        !ofCluster.some(rule => coversNamespace(rule.namespaces, namespace)),
    );
    if (namespaces.length > 0) {
      return refuse(
        `in namespace ${quoted(namespaces)} of cluster '${request.cluster}'`,
        `Allowed there are the namespaces ${quoted(
          ofCluster.flatMap(rule => rule.namespaces),
        )}.`,
      );
    }

    for (const namespace of request.namespaces) {
      const ofNamespace = ofCluster.filter(rule =>
        coversNamespace(rule.namespaces, namespace),
      );
      const kinds = request.kinds.filter(
        kind => !ofNamespace.some(rule => coversKind(rule.kinds, kind)),
      );
      if (kinds.length > 0) {
        return refuse(
          `the kind ${quoted(kinds)} in namespace '${namespace}' of cluster '${
            request.cluster
          }'`,
          `Allowed there are the kinds ${quoted(
            ofNamespace.flatMap(rule => rule.kinds),
          )}.`,
        );
      }
    }

    const clusterScoped = request.clusterScopedKinds.filter(
      kind => !ofCluster.some(rule => covers(rule.clusterScopedKinds, kind)),
    );
    if (clusterScoped.length > 0) {
      const allowed = ofCluster.flatMap(rule => rule.clusterScopedKinds);
      return refuse(
        `the cluster-scoped kind ${quoted(clusterScoped)} to cluster '${
          request.cluster
        }'`,
        allowed.length === 0
          ? 'No cluster-scoped kind is allowed there.'
          : `Allowed there are the cluster-scoped kinds ${quoted(allowed)}.`,
      );
    }
    return { allowed: true };
  }

  /**
   * The namespaces of a cluster that rules for the user and the template name,
   * each once, as they are written there: names, `team-*`, `*`. Empty: none.
   *
   * @param templateRef - undefined: a task that came from no template
   */
  namespacesFor(
    user: ApplyUser | undefined,
    templateRef: string | undefined | typeof ANY_TEMPLATE,
    cluster: string,
  ): string[] {
    const ofUser =
      templateRef === ANY_TEMPLATE
        ? this.rules.filter(rule => this.coversUser(rule, user))
        : this.rulesFor(user, templateRef);
    return [
      ...new Set(
        ofUser
          .filter(rule => covers(rule.clusters, cluster))
          .flatMap(rule => rule.namespaces),
      ),
    ];
  }

  /** Whether some rule is about the user and the template, on whichever cluster. */
  hasRuleFor(
    user: ApplyUser | undefined,
    templateRef: string | undefined,
  ): boolean {
    return this.rulesFor(user, templateRef).length > 0;
  }

  private rulesFor(
    user: ApplyUser | undefined,
    templateRef: string | undefined,
  ): ApplyRule[] {
    return this.rules.filter(
      rule =>
        this.coversUser(rule, user) &&
        (templateRef === undefined
          ? rule.templates.includes(ANY)
          : covers(rule.templates, templateRef.toLocaleLowerCase('en-US'))),
    );
  }

  private coversUser(rule: ApplyRule, user: ApplyUser | undefined): boolean {
    const refs = user === undefined ? [] : [user.ref, ...user.memberOf];
    return (
      rule.users.includes(ANY) ||
      refs.some(ref => rule.users.includes(ref.toLocaleLowerCase('en-US')))
    );
  }
}
