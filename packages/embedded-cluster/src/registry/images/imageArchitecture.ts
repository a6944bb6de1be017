const NAMES: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: '386',
};

/** An architecture of Node (`process.arch`) as images name it. */
export function imageArchitecture(nodeArchitecture: string): string {
  return NAMES[nodeArchitecture] ?? nodeArchitecture;
}
