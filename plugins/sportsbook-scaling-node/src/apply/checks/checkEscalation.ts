import {
  formatObjectRef,
  groupKindOf,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod/v3';
import { PlanProblem } from '../../model/PlanProblem';
import { AccessQuestion } from '../../ports/KubernetesClient';
import { mapInFlight } from '../mapInFlight';
import { PlanCheck, PlanContext } from '../PlanContext';
import { ResolvedObject } from '../ResolvedObject';

const GROUP = 'rbac.authorization.k8s.io';
const RIGHTS_SHOWN = 5;

const ruleSchema = z.object({
  verbs: z.array(z.string()).default([]),
  apiGroups: z.array(z.string()).default([]),
  resources: z.array(z.string()).default([]),
  resourceNames: z.array(z.string()).default([]),
});
const roleSchema = z.object({ rules: z.array(ruleSchema).nullish() });
const bindingSchema = z.object({
  roleRef: z.object({ kind: z.string(), name: z.string() }),
});

type Rule = z.output<typeof ruleSchema>;

/** Undefined where the object is no role. */
function rulesOf(object: KubernetesObject): Rule[] | undefined {
  const isRole = [`${GROUP}/Role`, `${GROUP}/ClusterRole`].includes(
    groupKindOf(object),
  );
  const parsed = roleSchema.safeParse(object);
  return isRole && parsed.success ? parsed.data.rules ?? [] : undefined;
}

/** Each single right that a rule gives; whoever gives it has to have it. */
function rightsOf(rule: Rule, namespace: string | undefined): AccessQuestion[] {
  const names =
    rule.resourceNames.length === 0 ? [undefined] : rule.resourceNames;
  return rule.apiGroups.flatMap(group =>
    rule.resources.flatMap(full => {
      const [resource, subresource] = full.split('/');
      return rule.verbs.flatMap(verb =>
        names.map(name => ({
          verb,
          group,
          resource,
          ...(subresource === undefined ? {} : { subresource }),
          ...(namespace === undefined ? {} : { namespace }),
          ...(name === undefined ? {} : { name }),
        })),
      );
    }),
  );
}

function describeRight(right: AccessQuestion): string {
  const { verb, group, resource, subresource, name } = right;
  const full =
    subresource === undefined ? resource : `${resource}/${subresource}`;
  return `${verb} ${full}${group === '' ? '' : `.${group}`}${
    name === undefined ? '' : ` '${name}'`
  }`;
}

/** A role, or a binding of a role of the same set, and what it gives. */
interface Grant {
  object: ResolvedObject;
  rules: Rule[];
  /** Verb that gives the right to give rights. */
  verb: 'escalate' | 'bind';
  role: { kind: string; name: string };
}

function grantOf(
  object: ResolvedObject,
  objects: readonly ResolvedObject[],
): Grant | undefined {
  const { kind, name, namespace } = object.ref;
  const rules = rulesOf(object.object);
  if (rules !== undefined) {
    return { object, rules, verb: 'escalate', role: { kind, name } };
  }
  const binding =
    groupKindOf(object.ref).startsWith(`${GROUP}/`) &&
    bindingSchema.safeParse(object.object);
  if (!binding || !binding.success) {
    return undefined;
  }
  const { roleRef } = binding.data;
  // The server's dry run decides about roles that exist.
  const role = objects.find(
    ({ ref }) =>
      groupKindOf(ref) === `${GROUP}/${roleRef.kind}` &&
      ref.name === roleRef.name &&
      (ref.namespace === undefined || ref.namespace === namespace),
  );
  const bound = role && rulesOf(role.object);
  return bound && { object, rules: bound, verb: 'bind', role: roleRef };
}

/** The server lets rules stand that were there before. */
async function isThereAlready(
  { view }: PlanContext,
  { object, rules }: Grant,
): Promise<boolean> {
  const live = await view.get(object.ref);
  return (
    live.status === 'read' &&
    live.value !== undefined &&
    (rulesOf(live.value) === undefined ||
      isDeepStrictEqual(rulesOf(live.value), rules))
  );
}

async function missingFor(
  context: PlanContext,
  grant: Grant,
): Promise<AccessQuestion[]> {
  const { client, signal } = context;
  const { object, rules, verb, role } = grant;
  const { namespace } = object.ref;
  const may = async (question: AccessQuestion) =>
    (await client.can(question, { signal })).allowed;
  const everything = { verb: '*', group: '*', resource: '*' };
  const toGive = {
    verb,
    group: GROUP,
    resource: role.kind === 'Role' ? 'roles' : 'clusterroles',
    name: role.name,
  };
  for (const question of [everything, toGive]) {
    if (
      await may(namespace === undefined ? question : { ...question, namespace })
    ) {
      return [];
    }
  }
  const rights = new Map(
    rules
      .flatMap(rule => rightsOf(rule, namespace))
      .map(right => [JSON.stringify(right), right]),
  );
  const asked = await mapInFlight([...rights.values()], async right =>
    (await may(right)) ? undefined : right,
  );
  return asked.filter(right => right !== undefined);
}

function problemOf(
  { client }: PlanContext,
  { object, verb, role }: Grant,
  missing: AccessQuestion[],
): PlanProblem {
  const shown = missing.slice(0, RIGHTS_SHOWN).map(describeRight).join(', ');
  const more = missing.length - RIGHTS_SHOWN;
  return {
    ref: object.ref,
    source: object.source,
    message: `it gives rights that Backstage's identity on cluster '${
      client.cluster
    }' does not hold itself, and the server refuses that: ${shown}${
      more > 0 ? ` and ${more} more` : ''
    }; grant it these rights, or the verb '${verb}' on ${role.kind} '${
      role.name
    }', or let an administrator apply ${formatObjectRef(object.ref)}`,
  };
}

/**
 * Foresees that the server refuses to let an identity give rights that it does
 * not hold: roles, and bindings of roles that come with the same set, which no
 * dry run can try before the role is there.
 *
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
 */
export const checkEscalation: PlanCheck = async context => {
  if (context.writer !== 'self') {
    return { problems: [] };
  }
  const grants = context.objects
    .map(object => grantOf(object, context.objects))
    .filter(grant => grant !== undefined);
  const refused = await mapInFlight(grants, async grant => {
    if (await isThereAlready(context, grant)) {
      return undefined;
    }
    const missing = await missingFor(context, grant);
    return missing.length === 0 ? undefined : { grant, missing };
  });
  const problems = refused.filter(entry => entry !== undefined);
  return {
    covered: problems.map(({ grant }) => grant.object),
    problems: problems.map(({ grant, missing }) =>
      problemOf(context, grant, missing),
    ),
  };
};
