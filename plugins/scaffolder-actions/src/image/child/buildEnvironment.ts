/** What a child needs to reach the network and to speak to people, and nothing else. */
const KEPT = new Set([
  'LANG',
  'LC_ALL',
  'TZ',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
]);

/** npm's settings about where and how packages are fetched, credentials included. */
const KEPT_OF_NPM =
  /^npm_config_(?:registry|@.+|\/\/.+|proxy|https?_proxy|noproxy|ca|cafile|cert|key|certfile|keyfile|strict_ssl|maxsockets|fetch_.+|prefer_offline|offline|replace_registry_host|cache|userconfig|globalconfig)$/i;

/**
 * The environment of a build's child process: a home of its own, and of the
 * backend's variables only those that {@link KEPT} and, for an installation,
 * {@link KEPT_OF_NPM} name. None of Backstage's secrets is among them.
 */
export function buildEnvironment(options: {
  /** The backend's own environment. */
  environment: NodeJS.ProcessEnv;
  /** Folder for the child's home and temporary files. */
  home: string;
  /** Folder of the Node that runs the backend; comes first on PATH. */
  nodeDirectory: string;
  memoryMegabytes: number;
  /**
   * Whether npm's own settings are handed on, credentials of package registries
   * included: for children that install and run none of the repository's code.
   */
  npmSettings: boolean;
  /** The npmrc file of the user who runs the backend, where there is one. */
  userConfig?: string;
}): Record<string, string> {
  const { environment, home, nodeDirectory, npmSettings, userConfig } = options;
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (
      value !== undefined &&
      (KEPT.has(name.toUpperCase()) || (npmSettings && KEPT_OF_NPM.test(name)))
    ) {
      kept[name] = value;
    }
  }
  const proxied = Object.keys(kept).some(name => /^https?_proxy$/i.test(name));
  const hasUserConfig = Object.keys(kept).some(
    name => name.toLowerCase() === 'npm_config_userconfig',
  );
  return {
    ...kept,
    ...(npmSettings && !hasUserConfig && userConfig !== undefined
      ? { npm_config_userconfig: userConfig }
      : {}),
    // Node's own http module asks a proxy only when told to.
    ...(proxied ? { NODE_USE_ENV_PROXY: '1' } : {}),
    PATH: [nodeDirectory, environment.PATH ?? ''].join(':'),
    HOME: home,
    TMPDIR: home,
    CI: 'true',
    NO_COLOR: '1',
    // A quarter is left for what is not JavaScript's heap.
    NODE_OPTIONS: `--max-old-space-size=${Math.floor(
      options.memoryMegabytes * 0.75,
    )}`,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_umask: '0022',
  };
}
