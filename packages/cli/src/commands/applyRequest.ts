import { ApplyManifestsOptions } from '@sportsbook/plugin-sportsbook-scaling-node';
import { ApplyOptions, PlanOptions } from '../program/Invocation';
import { CommandContext } from './CommandContext';
import { otherNamespacesOf } from './namespacesOf';
import { readManifestOptions } from './readManifestOptions';

/** What the library is asked for, alike for a plan and for the apply that follows it. */
export async function applyRequest(
  options: PlanOptions | ApplyOptions,
  context: CommandContext,
): Promise<ApplyManifestsOptions> {
  const { client, namespace, progress, signal } = context;
  const manifests = await readManifestOptions(options.filename, context);
  return {
    client,
    manifests,
    namespace,
    otherNamespaces: otherNamespacesOf(manifests, options, context),
    force: options.force,
    onProgress: line => progress.step(line),
    signal,
  };
}
