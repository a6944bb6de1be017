import { InputError } from '@backstage/errors';
import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  resolveForDelete,
  WaitedObject,
  waitForObjects,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { EXIT_CODES } from '../exitCodes';
import { WaitOptions } from '../program/Invocation';
import { CommandContext } from './CommandContext';
import { CommandResult } from './CommandResult';
import { namedObjects } from './namedObjects';
import { assertNamespaces } from './namespacesOf';
import { readManifestOptions } from './readManifestOptions';

/** Waits, and says what becomes of each object. */
export async function waitFor(
  objects: ObjectRef[],
  { timeout, failFast }: Pick<WaitOptions, 'timeout' | 'failFast'>,
  { client, progress, signal }: CommandContext,
): Promise<WaitedObject[]> {
  return waitForObjects({
    client,
    objects,
    timeoutSeconds: timeout,
    failFast,
    onChange: ({ line }) => progress.step(line),
    onTrouble: line => progress.warn(line),
    signal,
  });
}

export async function runWait(
  names: string[],
  options: WaitOptions,
  context: CommandContext,
): Promise<CommandResult> {
  if (names.length === 0 && options.filename.length === 0) {
    throw new InputError(
      'There is nothing to wait for: name objects, such as deployment/odds-api, or manifests with -f.',
    );
  }
  const { objects } = await resolveForDelete({
    client: context.client,
    namespace: context.namespace,
    signal: context.signal,
    manifests:
      options.filename.length === 0
        ? []
        : await readManifestOptions(options.filename, context),
    objects: (await namedObjects(names, context)).map(ref => ({ ref })),
  });
  const refs = objects.map(({ ref }) => ref);
  assertNamespaces(refs, options, context);
  return {
    report: { statuses: await waitFor(refs, options, context) },
    exitCode: EXIT_CODES.done,
  };
}
