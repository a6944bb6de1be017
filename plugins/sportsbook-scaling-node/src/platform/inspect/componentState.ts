import { ComponentState, Finding } from '../PlatformReport';
import {
  compareVersions,
  PlatformProduct,
  PLATFORM_VERSIONS,
  plainVersion,
  supportOf,
  VersionSupport,
} from '../platformVersions';

/** What there is to say about a version beside its number. */
export function versionFindings(
  product: PlatformProduct,
  version: string | undefined,
): Finding[] {
  const { title, tested, oldest, oldestReason } = PLATFORM_VERSIONS[product];
  switch (supportOf(product, version)) {
    case 'tooOld':
      return [
        {
          severity: 'problem',
          message: `${title} ${version} is older than ${oldest}, and lacks ${oldestReason}`,
          nextStep: `upgrade ${title} with whatever installed it; ${tested.join(
            ', ',
          )} is tested`,
        },
      ];
    case 'newerThanTested':
      return [
        {
          severity: 'warning',
          message: `${title} ${version} is newer than what was tested (${tested.join(
            ', ',
          )})`,
        },
      ];
    case 'unknown':
      return [
        {
          severity: 'warning',
          message: `the version of ${title} could not be told`,
        },
      ];
    default:
      return [];
  }
}

/** The older of two versions, of which either may be unknown. */
export function olderOf(
  a: string | undefined,
  b: string | undefined,
): string | undefined {
  const [plainA, plainB] = [plainVersion(a), plainVersion(b)];
  if (plainA === undefined || plainB === undefined) {
    return plainA ?? plainB;
  }
  return compareVersions(plainA, plainB) <= 0 ? plainA : plainB;
}

/** Of something that is there. */
export function stateOf(
  support: VersionSupport,
  findings: Finding[],
): Extract<ComponentState, 'broken' | 'tooOld' | 'present'> {
  const problems = findings.filter(({ severity }) => severity === 'problem');
  if (support === 'tooOld' && problems.length === 1) {
    return 'tooOld';
  }
  return problems.length > 0 ? 'broken' : 'present';
}
