import { ReplicaLevels } from '../snapshot';
import { formatRateAbove, formatRateAtMost } from './formatRate';

/**
 * `The next replica comes at 331 requests/s, one goes at 200.` with a leading
 * space, so that it follows another sentence; empty where there are no levels.
 */
export function levelsSentence(
  levels: ReplicaLevels,
  replicas: number,
): string {
  const above = levels.scaleOutAboveRequestsPerSecond;
  const at = levels.scaleInAtRequestsPerSecond;
  const coming = (levels.scaleOutTo ?? replicas + 1) - replicas;
  const going = replicas - (levels.scaleInTo ?? replicas - 1);
  const comes =
    coming === 1
      ? 'The next replica comes'
      : `The next ${coming} replicas come`;
  if (above !== undefined && at !== undefined) {
    const goes = going === 1 ? 'one goes' : `${going} go`;
    return ` ${comes} at ${formatRateAbove(
      above,
    )} requests/s, ${goes} at ${formatRateAtMost(at)}.`;
  }
  if (above !== undefined) {
    return ` ${comes} at ${formatRateAbove(above)} requests/s.`;
  }
  if (at !== undefined) {
    const goes = going === 1 ? 'One goes' : `${going} replicas go`;
    return ` ${goes} at ${formatRateAtMost(at)} requests/s.`;
  }
  return '';
}
