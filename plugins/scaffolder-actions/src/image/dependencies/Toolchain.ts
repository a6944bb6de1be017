/** What installs, as far as it decides about the outcome. */
export interface Toolchain {
  npm: string;
  node: string;
  platform: string;
  architecture: string;
  /** Version of the C library, where it is glibc. */
  glibc: string | undefined;
}

function glibcVersion(): string | undefined {
  const report: unknown = process.report?.getReport();
  if (typeof report !== 'object' || report === null || !('header' in report)) {
    return undefined;
  }
  const { header } = report;
  return typeof header === 'object' &&
    header !== null &&
    'glibcVersionRuntime' in header
    ? String(header.glibcVersionRuntime)
    : undefined;
}

/** The toolchain of this process, with the npm of the given version. */
export function toolchainWith(npm: string): Toolchain {
  return {
    npm,
    node: process.version,
    platform: process.platform,
    architecture: process.arch,
    glibc: glibcVersion(),
  };
}
