import { posix } from 'node:path';
import { CannotRunError } from '../containers/CannotRunError';
import type { ContainerFiles } from '../containers/ContainerFiles';

/** The system loads native code by these before Node starts; nothing would hold that to the container. */
const LOADS_CODE =
  /^(?:LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES|OPENSSL_MODULES|OPENSSL_ENGINES)$/;
/** Of the system's loader, and of Node's channel to whoever started it: no news for a program that loads no native code. */
const SHOWN_ONLY = /^(?:(?:LD|DYLD)_.*|NODE_CHANNEL_.*)$/;
/** Node reads or writes a file by these before anything could map its path. */
const AT_START = [
  'NODE_EXTRA_CA_CERTS',
  'NODE_ICU_DATA',
  'NODE_REDIRECT_WARNINGS',
  'OPENSSL_CONF',
];
/** The same, but whenever it is needed: the program sees the machine's path too. */
const LATER = [
  'NODE_COMPILE_CACHE',
  'NODE_V8_COVERAGE',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
];

export interface HeldEnvironment {
  /** What the process is started with. */
  real: Record<string, string>;
  /** What its program is to see instead: as declared. */
  shown: Record<string, string>;
}

/**
 * The variables of a container's process: as they are declared, but for those
 * by which Node or the system would leave the container before anything of
 * ours runs.
 *
 * @param preload - loaded before whatever NODE_OPTIONS name
 * @throws CannotRunError for those that load native code
 */
export function heldEnvironment(options: {
  environment: Readonly<Record<string, string>>;
  files: ContainerFiles;
  /** Of the container. */
  workingDirectory: string;
  realOption(option: string): string;
  preload: string;
}): HeldEnvironment {
  const { environment, files, workingDirectory, preload } = options;
  const real: Record<string, string> = {};
  const shown: Record<string, string> = {};
  const realPath = (path: string) =>
    path.startsWith('/dev/')
      ? path
      : files.real(posix.resolve(workingDirectory, path));

  for (const [name, value] of Object.entries(environment)) {
    if (value !== '' && LOADS_CODE.test(name)) {
      throw new CannotRunError(
        `${name} loads native code, which nothing would hold to the container: ` +
          'the embedded cluster starts nothing with it; leave it out, or use a real cluster',
      );
    }
    if (SHOWN_ONLY.test(name)) {
      shown[name] = value;
    } else if (value === '') {
      real[name] = value;
    } else if (name === 'NODE_OPTIONS') {
      shown[name] = value;
      real[name] = [
        `--require ${JSON.stringify(preload)}`,
        ...value.split(/\s+/).map(option => options.realOption(option)),
      ].join(' ');
    } else if (name === 'NODE_PATH') {
      shown[name] = value;
      real[name] = value.split(':').map(realPath).join(':');
    } else if (AT_START.includes(name)) {
      shown[name] = value;
      real[name] = realPath(value);
    } else {
      real[name] = LATER.includes(name) ? realPath(value) : value;
    }
  }
  return { real, shown };
}
