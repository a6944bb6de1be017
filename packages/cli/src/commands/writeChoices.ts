import { InputError } from '@backstage/errors';
import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ApplyManifestsOptions,
  ApplySet,
  WriteChoices,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { WriteOptions } from '../program/Invocation';
import { CommandContext } from './CommandContext';
import { namedObjects } from './namedObjects';

const ALL = 'all';

/** In whichever namespace: the manifests say where it is. */
async function anywhere(
  names: readonly string[],
  context: CommandContext,
): Promise<ObjectRef[]> {
  return (await namedObjects(names, context)).map(
    ({ apiVersion, kind, name }) => ({ apiVersion, kind, name }),
  );
}

/** `deployment/odds-api:.spec.replicas` as its two parts. @throws InputError for what is none */
export function parseForceField(text: string): {
  object: string;
  field: string;
} {
  const parts = /^([^:]+):(\..+)$/.exec(text);
  if (parts === null) {
    throw new InputError(
      `'${text}' names no field. Write KIND/NAME:.FIELD, such as deployment/odds-api:.spec.replicas.`,
    );
  }
  return { object: parts[1], field: parts[2] };
}

/** @throws InputError for names that are none, and kinds that the cluster does not serve */
export async function writeChoices(
  options: WriteOptions,
  context: CommandContext,
): Promise<WriteChoices> {
  const fields = options.forceField.map(parseForceField);
  const forced = await anywhere(
    fields.map(({ object }) => object),
    context,
  );
  return {
    force: options.force,
    forceConflicts: forced.map((ref, index) => ({
      ref,
      fields: [fields[index].field],
    })),
    migrateFrom: options.migrateFrom,
    recreate:
      options.recreate.includes(ALL) && options.recreateLosingData.length === 0
        ? true
        : await recreateChoices(options, context),
  };
}

async function recreateChoices(
  { recreate, recreateLosingData }: WriteOptions,
  context: CommandContext,
) {
  if (recreate.includes(ALL)) {
    throw new InputError(
      '--recreate all does not go with --recreate-losing-data: name each object instead.',
    );
  }
  return [
    ...(await anywhere(recreate, context)).map(ref => ({ ref })),
    ...(await anywhere(recreateLosingData, context)).map(ref => ({
      ref,
      losingData: true,
    })),
  ];
}

/** @throws InputError where something is said of a set and none is named */
export function applySetOf(
  { applySet, entity, prune }: WriteOptions,
  { namespace }: Pick<CommandContext, 'namespace'>,
): Pick<ApplyManifestsOptions, 'applySet' | 'prune'> {
  if (applySet === undefined) {
    if (prune || entity !== undefined) {
      throw new InputError(
        `${
          prune ? '--prune' : '--entity'
        } needs the set that is meant: add --apply-set NAME.`,
      );
    }
    return {};
  }
  const set: ApplySet = {
    name: applySet,
    namespace,
    ...(entity === undefined ? {} : { entityRef: entity }),
  };
  return { applySet: set, prune };
}
