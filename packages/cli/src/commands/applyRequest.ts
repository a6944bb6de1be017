import { ApplyManifestsOptions } from '@sportsbook/plugin-sportsbook-scaling-node';
import { WriteOptions } from '../program/Invocation';
import { CommandContext } from './CommandContext';
import { otherNamespacesOf } from './namespacesOf';
import { readManifestOptions } from './readManifestOptions';
import { applySetOf, writeChoices } from './writeChoices';

/** What the library is asked for, alike for a plan and for the apply that follows it. */
export async function applyRequest(
  options: WriteOptions,
  context: CommandContext,
): Promise<ApplyManifestsOptions> {
  const { client, namespace, progress, signal } = context;
  const set = applySetOf(options, context);
  const manifests = await readManifestOptions(options.filename, context);
  return {
    client,
    manifests,
    namespace,
    otherNamespaces: otherNamespacesOf(manifests, options, context),
    ...(await writeChoices(options, context)),
    ...set,
    onProgress: line => progress.step(line),
    signal,
  };
}
