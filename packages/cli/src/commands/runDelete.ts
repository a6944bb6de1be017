import { InputError } from '@backstage/errors';
import {
  deleteObjects,
  resolveForDelete,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { EXIT_CODES } from '../exitCodes';
import { DeleteOptions } from '../program/Invocation';
import { CommandContext } from './CommandContext';
import { CommandResult } from './CommandResult';
import { namedObjects } from './namedObjects';
import { assertNamespaces } from './namespacesOf';
import { readManifestOptions } from './readManifestOptions';

export async function runDelete(
  names: string[],
  options: DeleteOptions,
  context: CommandContext,
): Promise<CommandResult> {
  const { client, progress, signal } = context;
  const { applySet, filename, otherNamespace } = options;
  if (names.length === 0 && filename.length === 0 && applySet === undefined) {
    throw new InputError(
      'There is nothing to delete: name objects, such as deployment/odds-api, manifests with -f, or a set with --apply-set.',
    );
  }
  const { objects, set } = await resolveForDelete({
    client,
    namespace: context.namespace,
    signal,
    otherNamespaces: otherNamespace,
    manifests:
      filename.length === 0 ? [] : await readManifestOptions(filename, context),
    objects: (await namedObjects(names, context)).map(ref => ({ ref })),
    applySet:
      applySet === undefined
        ? undefined
        : { name: applySet, namespace: context.namespace },
  });
  assertNamespaces(
    objects.map(({ ref }) => ref),
    options,
    context,
  );
  const changes = await deleteObjects({
    client,
    objects,
    set,
    evenForeign: options.evenForeign,
    withContents: options.withContents,
    plan: options.plan,
    timeoutSeconds: options.timeout,
    onProgress: line => progress.step(line),
    signal,
  });
  return { report: { changes }, exitCode: EXIT_CODES.done };
}
