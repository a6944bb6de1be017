import { compare, parse } from 'semver';

/** What a cluster needs before services can scale on it, by their requests. */
export type PlatformProduct =
  | 'kubernetes'
  | 'prometheusOperator'
  | 'keda'
  | 'prometheus';

/** Which versions of a product are known to do. */
export interface ProductVersions {
  title: string;
  /** Those that the whole story was proved on. */
  tested: string[];
  /** The first that has everything that we make use of. */
  oldest: string;
  /** What older ones lack. */
  oldestReason: string;
}

/**
 * The version matrix. `docs/reference/platform-versions.md` is made of it, and a
 * test compares the two.
 *
 * @remarks
 * Reasons: https://github.com/prometheus-operator/prometheus-operator/blob/main/CHANGELOG.md (0.76.0),
 * https://github.com/kedacore/keda/blob/main/CHANGELOG.md (2.17.0),
 * https://github.com/prometheus/prometheus/blob/main/CHANGELOG.md (2.35.0).
 */
export const PLATFORM_VERSIONS: Record<PlatformProduct, ProductVersions> = {
  kubernetes: {
    title: 'Kubernetes',
    tested: ['1.36.3'],
    oldest: '1.27.0',
    oldestReason:
      'validation of fields by the server, generally available since then',
  },
  prometheusOperator: {
    title: 'Prometheus operator',
    tested: ['0.93.0'],
    oldest: '0.76.0',
    oldestReason:
      '`serviceDiscoveryRole`, by which a Prometheus finds its targets in EndpointSlices',
  },
  keda: {
    title: 'KEDA',
    tested: ['2.20.2'],
    oldest: '2.17.0',
    oldestReason:
      '`fallback.behavior`, by which an outage of Prometheus does not scale a service in',
  },
  prometheus: {
    title: 'Prometheus',
    tested: ['3.13.1'],
    oldest: '2.35.0',
    oldestReason: 'targets from `discovery.k8s.io/v1` EndpointSlices',
  },
};

/**
 * What the matrix says of a version.
 *
 * - `tested`: this version was.
 * - `untested`: new enough, and not newer than what was tested.
 * - `newerThanTested`: nobody has tried.
 * - `tooOld`: something that we need is missing.
 * - `unknown`: the version is not known.
 */
export type VersionSupport =
  | 'tested'
  | 'untested'
  | 'newerThanTested'
  | 'tooOld'
  | 'unknown';

/** `1.36.3` of `v1.36.3+build` or `v1.36.3-gke.100`; undefined for what is no version. */
export function plainVersion(text: string | undefined): string | undefined {
  const parsed = parse(text ?? '', { loose: true });
  return parsed === null
    ? undefined
    : `${parsed.major}.${parsed.minor}.${parsed.patch}`;
}

/** Negative: `a` is older. Both as {@link plainVersion} gives them. */
export function compareVersions(a: string, b: string): number {
  return compare(a, b);
}

export function supportOf(
  product: PlatformProduct,
  version: string | undefined,
): VersionSupport {
  const { tested, oldest } = PLATFORM_VERSIONS[product];
  const plain = plainVersion(version);
  if (plain === undefined) {
    return 'unknown';
  }
  if (tested.includes(plain)) {
    return 'tested';
  }
  if (compare(plain, oldest) < 0) {
    return 'tooOld';
  }
  return tested.every(known => compare(plain, known) > 0)
    ? 'newerThanTested'
    : 'untested';
}
