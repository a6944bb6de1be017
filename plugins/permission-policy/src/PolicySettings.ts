import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readApplyUsers } from './readApplyUsers';
import { EntityRefList } from './EntityRefList';

const ROOT = 'sportsbookScaling.permissions';
const READ_MODES = ['everyone', 'owners'] as const;

/** What the policy decides by, read once at start. */
export interface PolicySettings {
  read: (typeof READ_MODES)[number];
  /** See every entity's scaling although they do not own it. */
  readers: EntityRefList;
  kubernetesProxy: EntityRefList;
  kubernetesResources: EntityRefList;
  templateAuthors: EntityRefList;
  /** Everyone whom at least one rule of `sportsbookScaling.apply` names. */
  applyUsers: EntityRefList;
}

/** @throws InputError that names the key whose value cannot be used */
export function readPolicySettings(config: Config): PolicySettings {
  const read = config.getOptionalString(`${ROOT}.read`) ?? 'everyone';
  if (!isReadMode(read)) {
    throw new InputError(
      `'${ROOT}.read' is '${read}'; it can be ${READ_MODES.join(' or ')}`,
    );
  }
  const list = (key: string) =>
    EntityRefList.of(
      `${ROOT}.${key}`,
      config.getOptionalStringArray(`${ROOT}.${key}`) ?? [],
    );
  const readers = list('readers');
  if (read === 'everyone' && !readers.isEmpty()) {
    throw new InputError(
      `'${ROOT}.readers' excludes nobody while '${ROOT}.read' is 'everyone'; set 'read: owners', or remove the list`,
    );
  }
  return {
    read,
    readers,
    kubernetesProxy: list('kubernetesProxy'),
    kubernetesResources: list('kubernetesResources'),
    templateAuthors: list('templateAuthors'),
    applyUsers: readApplyUsers(config),
  };
}

function isReadMode(value: string): value is PolicySettings['read'] {
  return READ_MODES.some(mode => mode === value);
}
