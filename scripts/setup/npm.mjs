import { join } from 'node:path';
import { logs } from './paths.mjs';
import { run } from './run.mjs';
import { SetupError } from './SetupError.mjs';

/**
 * Runs the npm of the user, with the user's settings.
 *
 * @returns the lines that it wrote
 */
export async function npm(args, { what, cwd }) {
  const { command, prefix } = npmProgram(process.env);
  return run(command, [...prefix, ...args], {
    what,
    cwd,
    logFile: join(logs, `npm-${args[0]}.log`),
  });
}

/** npm itself names its program to the scripts that it starts. */
export function npmProgram(environment) {
  const script = environment.npm_execpath;
  return script?.endsWith('npm-cli.js')
    ? { command: process.execPath, prefix: [script] }
    : { command: 'npm', prefix: [] };
}

/**
 * npm's settings for registry, proxies and certificates, wherever they come
 * from: files, environment or npm's defaults.
 *
 * @returns `{registry, proxy, httpsProxy, cafile, ca, strictSsl}`
 */
export async function npmSettings() {
  const lines = await npm(['config', 'list', '--json'], {
    what: "Reading npm's settings",
  });
  const text = lines.join('\n');
  let settings;
  try {
    // npm may warn before and after the object.
    settings = JSON.parse(
      text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1),
    );
  } catch (error) {
    throw new SetupError(
      `npm's settings cannot be read (npm config list --json): ${error.message}`,
    );
  }
  return {
    registry: settings.registry,
    proxy: settings.proxy,
    httpsProxy: settings['https-proxy'],
    cafile: settings.cafile,
    ca: settings.ca,
    strictSsl: settings['strict-ssl'],
  };
}
