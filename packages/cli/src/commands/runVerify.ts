import { InputError } from '@backstage/errors';
import { groupKindOf } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  openPrometheus,
  verifyScaling,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { EXIT_CODES } from '../exitCodes';
import { Report } from '../output/Report';
import { VerifyOptions } from '../program/Invocation';
import { CommandContext } from './CommandContext';
import { CommandResult } from './CommandResult';
import { FailedAfterChanges } from './FailedAfterChanges';
import { readManifestOptions } from './readManifestOptions';

const SCALED_OBJECT = 'keda.sh/ScaledObject';

interface Target {
  namespace: string;
  scaledObject: string;
}

async function targetsOf(
  names: string[],
  options: VerifyOptions,
  context: CommandContext,
): Promise<Target[]> {
  const { namespace } = context;
  const ofManifests =
    options.filename.length === 0
      ? []
      : (await readManifestOptions(options.filename, context))
          .filter(({ object }) => groupKindOf(object) === SCALED_OBJECT)
          .map(({ object: { metadata } }) => ({
            namespace: metadata.namespace ?? namespace,
            scaledObject: metadata.name,
          }));
  const targets = [
    ...names.map(scaledObject => ({ namespace, scaledObject })),
    ...ofManifests,
  ];
  if (targets.length === 0) {
    throw new InputError(
      'There is nothing to verify: name ScaledObjects, or manifests that hold some with -f.',
    );
  }
  return targets;
}

export async function runVerify(
  names: string[],
  options: VerifyOptions,
  context: CommandContext,
): Promise<CommandResult> {
  const { client, progress, signal } = context;
  const scaling: NonNullable<Report['scaling']> = [];
  for (const target of await targetsOf(names, options, context)) {
    try {
      const report = await verifyScaling({
        client,
        openPrometheus: serverAddress =>
          openPrometheus({
            client,
            serverAddress,
            namespace: target.namespace,
            allowedAddresses: options.allowPrometheus,
            // Asked as whoever runs this, who may what their account may.
            allowedNamespaces: ['*'],
          }),
        target,
        timeoutSeconds: options.timeout,
        nodeAddress: options.nodeAddress,
        onStep: line => progress.step(line),
        onWarning: line => progress.warn(line),
        signal,
      });
      scaling.push({
        scaledObject: `${target.namespace}/${target.scaledObject}`,
        ...report,
      });
    } catch (error) {
      throw new FailedAfterChanges(error, { scaling });
    }
  }
  return { report: { scaling }, exitCode: EXIT_CODES.done };
}
