import { groupKindOf } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import {
  collectKinds,
  OWN_ROLE_BINDING,
  ROLE_BINDING,
  WrittenKind,
  WrittenKinds,
} from '../model/WrittenKinds';
import { ResolvedObject } from './ResolvedObject';

const bindingSchema = z.object({
  roleRef: z.object({ kind: z.string(), name: z.string() }),
  subjects: z
    .array(
      z.object({
        kind: z.string(),
        name: z.string(),
        namespace: z.string().nullish(),
      }),
    )
    .nullish(),
});

/** Whether a RoleBinding takes its Role and all its subjects from the same set. */
function bindsOwnRole(
  { object, ref }: ResolvedObject,
  objects: ResolvedObject[],
): boolean {
  const parsed = bindingSchema.safeParse(object);
  if (!parsed.success) {
    return false;
  }
  const { roleRef, subjects } = parsed.data;
  const isInSet = (groupKind: string, name: string) =>
    objects.some(
      other =>
        groupKindOf(other.ref) === groupKind &&
        other.ref.name === name &&
        other.ref.namespace === ref.namespace,
    );
  return (
    roleRef.kind === 'Role' &&
    isInSet('rbac.authorization.k8s.io/Role', roleRef.name) &&
    (subjects ?? []).every(
      subject =>
        subject.kind === 'ServiceAccount' &&
        subject.namespace === ref.namespace &&
        isInSet('/ServiceAccount', subject.name),
    )
  );
}

/** What one object is to a policy. */
export function kindWritten(
  object: ResolvedObject,
  objects: ResolvedObject[],
): WrittenKind {
  const groupKind = groupKindOf(object.ref);
  if (object.resource?.namespaced === false) {
    return { list: 'clusterScopedKinds', kind: groupKind };
  }
  return {
    list: 'kinds',
    kind:
      groupKind === ROLE_BINDING && bindsOwnRole(object, objects)
        ? OWN_ROLE_BINDING
        : groupKind,
  };
}

/** What a set of objects is to a policy; a kind that nobody knows counts as namespaced. */
export function kindsWritten(objects: ResolvedObject[]): WrittenKinds {
  return collectKinds(objects.map(object => kindWritten(object, objects)));
}
