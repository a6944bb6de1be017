import { z } from 'zod';
import { ageOf } from '../cells/since';
import { column, NAME, wide, type KindPrinter } from '../KindPrinter';

const binding = z.object({
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

/** RoleBindings and ClusterRoleBindings. */
export const bindingPrinter: KindPrinter = {
  columns: [
    NAME,
    column('Role'),
    column('Age'),
    wide('Users'),
    wide('Groups'),
    wide('ServiceAccounts'),
  ],
  row(object, nowMilliseconds) {
    const { roleRef, subjects } = binding.parse(object);
    const names = (kind: string) =>
      (subjects ?? [])
        .filter(subject => subject.kind === kind)
        .map(({ name, namespace }) =>
          kind === 'ServiceAccount' ? `${namespace ?? ''}/${name}` : name,
        )
        .join(', ');
    return {
      cells: [
        object.metadata.name,
        `${roleRef.kind}/${roleRef.name}`,
        ageOf(object, nowMilliseconds),
        names('User'),
        names('Group'),
        names('ServiceAccount'),
      ],
    };
  },
};
