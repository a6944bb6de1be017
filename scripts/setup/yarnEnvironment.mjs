import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { local } from './paths.mjs';

/**
 * The environment that gives yarn npm's settings. A variable of yarn that the
 * user has set stays as it is.
 *
 * @param settings what `npmSettings` returned
 * @param environment the user's environment
 */
export function yarnEnvironment(settings, environment) {
  const { registry, strictSsl } = settings;
  const proxy =
    settings.proxy ?? environment.HTTP_PROXY ?? environment.http_proxy;
  const httpsProxy =
    settings.httpsProxy ??
    environment.HTTPS_PROXY ??
    environment.https_proxy ??
    proxy;
  const cafile = settings.cafile ?? writeCertificates(settings.ca);
  const wanted = {
    YARN_NPM_REGISTRY_SERVER: registry?.replace(/\/+$/, ''),
    YARN_UNSAFE_HTTP_WHITELIST: registry?.startsWith('http:')
      ? new URL(registry).hostname
      : undefined,
    YARN_HTTP_PROXY: proxy,
    YARN_HTTPS_PROXY: httpsProxy,
    YARN_HTTPS_CA_FILE_PATH: cafile,
    NODE_EXTRA_CA_CERTS: cafile,
    YARN_ENABLE_STRICT_SSL: strictSsl === false ? 'false' : undefined,
    YARN_ENABLE_TELEMETRY: '0',
    YARN_ENABLE_PROGRESS_BARS: 'false',
    YARN_ENABLE_COLORS: 'false',
  };
  return Object.fromEntries(
    Object.entries({ ...wanted, ...environment }).filter(
      ([, value]) => value !== undefined && value !== null && value !== '',
    ),
  );
}

// npm takes certificates inline (`ca`); yarn and Node take a file.
function writeCertificates(ca) {
  if (ca === undefined || ca === null) {
    return undefined;
  }
  const file = join(local, 'npm-ca.pem');
  mkdirSync(local, { recursive: true });
  writeFileSync(file, [ca].flat().join('\n'));
  return file;
}
