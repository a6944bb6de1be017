import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const KEY = 'sportsbookScaling.permissions.read';
const READ_MODES = ['everyone', 'owners'] as const;

/** Who may see the scaling of an entity. */
export type ReadMode = (typeof READ_MODES)[number];

/** @throws InputError that names the key and what it can be */
export function readReadMode(config: Config): ReadMode {
  const written = config.getOptionalString(KEY) ?? 'everyone';
  const mode = READ_MODES.find(known => known === written);
  if (!mode) {
    throw new InputError(
      `'${KEY}' is '${written}'; it can be ${READ_MODES.join(' or ')}`,
    );
  }
  return mode;
}
