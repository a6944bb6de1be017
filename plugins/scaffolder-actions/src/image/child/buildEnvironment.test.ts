import { buildEnvironment } from './buildEnvironment';

const environment = {
  PATH: '/usr/bin',
  HOME: '/home/backstage',
  POSTGRES_PASSWORD: 'secret',
  GITHUB_TOKEN: 'secret',
  NODE_OPTIONS: '--require evil',
  LANG: 'C.UTF-8',
  https_proxy: 'http://proxy:3128',
  NO_PROXY: 'localhost',
  NODE_EXTRA_CA_CERTS: '/ca.pem',
  npm_config_registry: 'https://npm.example.com',
  'npm_config_//npm.example.com/:_authToken': 'token',
  NPM_CONFIG_STRICT_SSL: 'true',
  npm_config_prefix: '/elsewhere',
  npm_config_script_shell: '/bin/evil',
  npm_lifecycle_event: 'start',
};
const options = {
  environment,
  home: '/scratch/home',
  nodeDirectory: '/opt/node/bin',
  memoryMegabytes: 1000,
  npmSettings: true,
};

describe('buildEnvironment', () => {
  it('gives an installation the way to the registry, and none of the other variables', () => {
    expect(buildEnvironment(options)).toEqual({
      PATH: '/opt/node/bin:/usr/bin',
      HOME: '/scratch/home',
      TMPDIR: '/scratch/home',
      LANG: 'C.UTF-8',
      https_proxy: 'http://proxy:3128',
      NO_PROXY: 'localhost',
      NODE_USE_ENV_PROXY: '1',
      NODE_EXTRA_CA_CERTS: '/ca.pem',
      NODE_OPTIONS: '--max-old-space-size=750',
      npm_config_registry: 'https://npm.example.com',
      'npm_config_//npm.example.com/:_authToken': 'token',
      NPM_CONFIG_STRICT_SSL: 'true',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_update_notifier: 'false',
      npm_config_umask: '0022',
      CI: 'true',
      NO_COLOR: '1',
    });
  });

  it("gives the repository's own code no credentials of package registries", () => {
    const kept = buildEnvironment({ ...options, npmSettings: false });
    expect(
      Object.keys(kept).filter(name => /registry|auth/i.test(name)),
    ).toEqual([]);
    expect(JSON.stringify(kept)).not.toMatch(/token|secret/);
  });

  it("points npm at the user's npmrc unless another one is set", () => {
    const userConfig = '/home/backstage/.npmrc';
    expect(
      buildEnvironment({ ...options, userConfig }).npm_config_userconfig,
    ).toBe(userConfig);
    expect(
      buildEnvironment({
        ...options,
        userConfig,
        environment: { npm_config_userconfig: '/other/.npmrc' },
      }).npm_config_userconfig,
    ).toBe('/other/.npmrc');
    expect(
      buildEnvironment({ ...options, userConfig, npmSettings: false }),
    ).not.toHaveProperty('npm_config_userconfig');
  });
});
