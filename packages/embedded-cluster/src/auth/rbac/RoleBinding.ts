import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { UserInfo } from '../../model/UserInfo';
import { parseServiceAccountName } from '../serviceAccountName';

export interface Subject {
  kind: string;
  name: string;
  namespace?: string;
}

/** A RoleBinding or, without a namespace, a ClusterRoleBinding. */
export interface RoleBinding {
  name: string;
  namespace?: string;
  role: { kind: 'Role' | 'ClusterRole'; name: string };
  subjects: readonly Subject[];
}

const bindingSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
  roleRef: z.object({
    kind: z.enum(['Role', 'ClusterRole']),
    name: z.string(),
  }),
  subjects: z
    .array(
      z.object({
        kind: z.string(),
        name: z.string(),
        namespace: z.string().optional(),
      }),
    )
    .nullish()
    .transform(subjects => subjects ?? []),
});

/** Undefined for a roleRef that can name nothing; the API accepts some of them. */
export function readRoleBinding(
  object: KubernetesObject,
): RoleBinding | undefined {
  const read = bindingSchema.safeParse(object);
  if (!read.success) {
    return undefined;
  }
  const { metadata, roleRef, subjects } = read.data;
  return { ...metadata, role: roleRef, subjects };
}

/** What a binding's subject is found by. */
export function subjectKey(
  { kind, name, namespace }: Subject,
  bindingNamespace?: string,
): string {
  return kind === 'ServiceAccount'
    ? `ServiceAccount ${namespace ?? bindingNamespace ?? ''} ${name}`
    : `${kind} ${name}`;
}

/** The keys of all subjects that somebody is. */
export function subjectKeysOf({ username, groups }: UserInfo): string[] {
  const serviceAccount = parseServiceAccountName(username);
  return [
    subjectKey({ kind: 'User', name: username }),
    ...(serviceAccount === undefined
      ? []
      : [subjectKey({ kind: 'ServiceAccount', ...serviceAccount })]),
    ...groups.map(name => subjectKey({ kind: 'Group', name })),
  ];
}

/** As the API server names a subject in its reasons. */
export function describeSubject(
  { kind, name, namespace }: Subject,
  bindingNamespace?: string,
): string {
  return kind === 'ServiceAccount'
    ? `${kind} "${name}/${namespace ?? bindingNamespace ?? ''}"`
    : `${kind} "${name}"`;
}
