import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { Clock } from '../../model/Clock';
import { matchesSelector, type LabelSelector } from '../../model/labels';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { Controller } from '../../ports/Controller';
import { Reconciler } from '../../runtime/Reconciler';
import { RBAC_GROUP, rbacType } from './RbacTables';

const MANAGER = 'clusterrole-aggregation-controller';

const selectorsSchema = z.object({
  aggregationRule: z.object({
    clusterRoleSelectors: z
      .array(z.custom<LabelSelector>(value => typeof value === 'object'))
      .nullish(),
  }),
});

function selectorsOf(role: KubernetesObject): LabelSelector[] | undefined {
  const read = selectorsSchema.safeParse(role);
  return read.success
    ? read.data.aggregationRule.clusterRoleSelectors ?? []
    : undefined;
}

const rulesIn = (role: KubernetesObject): unknown[] =>
  Array.isArray(role.rules) ? role.rules : [];

/** Rules of the roles that the selectors match, each once, in the order of selectors and names. */
function aggregate(
  own: KubernetesObject,
  selectors: readonly LabelSelector[],
  roles: readonly KubernetesObject[],
): unknown[] {
  const byName = [...roles].sort((a, b) =>
    a.metadata.name < b.metadata.name ? -1 : 1,
  );
  const rules: unknown[] = [];
  for (const selector of selectors) {
    for (const role of byName) {
      if (
        role.metadata.name !== own.metadata.name &&
        matchesSelector(role.metadata.labels, selector)
      ) {
        for (const rule of rulesIn(role)) {
          if (!rules.some(known => isDeepStrictEqual(known, rule))) {
            rules.push(rule);
          }
        }
      }
    }
  }
  return rules;
}

/** Keeps the rules of ClusterRoles with an `aggregationRule` up to date, as the controller manager does. */
export function createClusterRoleAggregation(options: {
  objects: ClusterObjects;
  clock: Clock;
  log: (line: string) => void;
}): Controller {
  const { objects, clock, log } = options;
  const type = rbacType(objects, 'clusterroles');
  const aggregating = new Set<string>();
  let end: (() => void) | undefined;

  const reconciler = new Reconciler({
    name: MANAGER,
    clock,
    onError: (key, error) =>
      log(`The rules of ClusterRole "${key}" are not up to date: ${error}`),
    reconcile(name) {
      const role = objects.find(type, { name });
      const selectors = role && selectorsOf(role);
      if (role === undefined || selectors === undefined) {
        return;
      }
      const rules = aggregate(role, selectors, objects.list(type).items);
      if (!isDeepStrictEqual(rules, rulesIn(role))) {
        objects.patch(
          type,
          { name },
          {
            type: 'apply',
            force: true,
            body: {
              apiVersion: `${RBAC_GROUP}/v1`,
              kind: 'ClusterRole',
              metadata: { name },
              rules,
            },
          },
          { manager: MANAGER },
        );
      }
    },
  });

  return {
    name: MANAGER,
    start() {
      end = objects.watch(type, {}, ({ type: event, object }) => {
        if (event === 'BOOKMARK') {
          return;
        }
        const { name } = object.metadata;
        if (event !== 'DELETED' && selectorsOf(object) !== undefined) {
          aggregating.add(name);
        } else {
          aggregating.delete(name);
        }
        aggregating.forEach(each => reconciler.enqueue(each));
      });
    },
    async stop() {
      end?.();
      await reconciler.stop();
    },
  };
}
