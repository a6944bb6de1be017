import { InputError } from '@backstage/errors';
import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { findObjectRef } from '../input/findObjectRef';
import { parseObjectName } from '../input/parseObjectName';
import { CommandContext } from './CommandContext';

/** @throws InputError for a name that is none, and for kinds that the cluster does not serve */
export async function namedObjects(
  names: readonly string[],
  { client, namespace, signal }: CommandContext,
): Promise<ObjectRef[]> {
  const parsed = names.map(text => {
    const name = parseObjectName(text);
    if (name === undefined) {
      throw new InputError(
        `'${text}' names no object. Write KIND/NAME, such as deployment/odds-api.`,
      );
    }
    return name;
  });
  if (parsed.length === 0) {
    return [];
  }
  const catalog = await client.discover({ signal });
  return parsed.map(name =>
    findObjectRef(name, { catalog, cluster: client.cluster, namespace }),
  );
}
