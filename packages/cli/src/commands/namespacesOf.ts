import { InputError } from '@backstage/errors';
import {
  formatObjectRef,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { SourcedObject } from '@sportsbook/plugin-sportsbook-scaling-node';
import { CommandContext } from './CommandContext';

/** Namespaces that objects may name besides the run's own: those that they name, unless `--namespace` is given. */
export function otherNamespacesOf(
  manifests: readonly SourcedObject[],
  options: { otherNamespace: string[] },
  { isNamespaceChosen }: Pick<CommandContext, 'isNamespaceChosen'>,
): string[] {
  return isNamespaceChosen
    ? options.otherNamespace
    : [
        ...new Set(
          manifests.flatMap(({ object }) => object.metadata.namespace ?? []),
        ),
      ];
}

/** @throws InputError naming the objects outside what `--namespace` and `--other-namespace` allow */
export function assertNamespaces(
  refs: readonly ObjectRef[],
  options: { otherNamespace: string[] },
  { namespace, isNamespaceChosen }: CommandContext,
): void {
  const allowed = [namespace, ...options.otherNamespace];
  const foreign = refs.filter(
    ref =>
      isNamespaceChosen &&
      ref.namespace !== undefined &&
      !allowed.includes(ref.namespace),
  );
  if (foreign.length > 0) {
    throw new InputError(
      `${foreign.map(formatObjectRef).join(', ')} ${
        foreign.length === 1 ? 'is' : 'are'
      } outside namespace ${allowed
        .map(name => `'${name}'`)
        .join(
          ', ',
        )}. Add --other-namespace, or leave the object out. Nothing was done.`,
    );
  }
}
