import { Config } from '@backstage/config';
import { EntityRefList } from './EntityRefList';

const KEY = 'sportsbookScaling.apply.rules';

/**
 * Everyone whom at least one rule of `sportsbookScaling.apply` names. What the
 * rules say beyond that depends on cluster, namespace and kinds, which a
 * permission does not know; the actions decide it.
 */
export function readApplyUsers(config: Config): EntityRefList {
  const rules = config.getOptionalConfigArray(KEY) ?? [];
  return EntityRefList.of(
    `${KEY}[].users`,
    rules.flatMap(rule => rule.getOptionalStringArray('users') ?? []),
  );
}
