import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { BuildLimitError } from './child/BuildLimitError';
import { buildEnvironment } from './child/buildEnvironment';
import { runLimited } from './child/runLimited';
import { Dependencies } from './dependencies/Dependencies';
import { ImageBuildError } from './ImageBuildError';
import { BuildLimits } from './imageSettings';
import { normaliseModes } from './normaliseModes';
import { Platform } from './nodePlatform';
import { RegistryClient, RepositoryAccess } from './registry/RegistryClient';

/** Where the service's compiled entry lies, below the image's working directory. */
export const SERVICE_ENTRY = 'dist/server.js';
const WORKING_DIRECTORY = '/app';
const MANIFESTS = ['package.json', 'package-lock.json'];
const NPM_SETTINGS = '.npmrc';
const MODULES = 'node_modules';
/** A number, because Kubernetes' `runAsNonRoot` cannot judge a name. */
const USER_ID = '1000';

/** One end of the build: an image that is pulled or pushed. */
export interface ImageLocation {
  client: RegistryClient;
  access: RepositoryAccess;
  tag: string;
}

export interface BuildImageOptions {
  /** Folder with a copy of the source; is written to. */
  source: string;
  /** Empty folder for all that the build makes; the caller removes it. */
  scratch: string;
  base: ImageLocation;
  target: ImageLocation;
  platform: Platform;
  limits: BuildLimits;
  dependencies: Dependencies;
  /** Files and folders beside the dependencies that go into the image. */
  include: readonly string[];
  /** Credentials that are hidden in what children print. */
  secrets: readonly (string | undefined)[];
  environment: NodeJS.ProcessEnv;
  logger: LoggerService;
  signal: AbortSignal;
}

/** containerify puts "Bearer" before whatever does not say "Basic". */
const tokenOf = ({ authorization }: RepositoryAccess) =>
  authorization?.replace(/^Bearer /, '');

async function exists(path: string): Promise<boolean> {
  return fs.access(path).then(
    () => true,
    () => false,
  );
}

/** Puts into a new folder what npm installs by. */
async function copyManifests(source: string, target: string): Promise<void> {
  await fs.mkdir(target);
  for (const name of [...MANIFESTS, NPM_SETTINGS]) {
    if (await exists(join(source, name))) {
      await fs.copyFile(join(source, name), join(target, name));
    } else if (name !== NPM_SETTINGS) {
      throw new ImageBuildError(
        `The source has no '${name}', and an image is built of what it names; add it, or correct the step's 'sourcePath'`,
      );
    }
  }
}

/** Puts into a new folder what the image shall hold, but for its dependencies. */
async function stageImage(
  options: BuildImageOptions,
  staged: string,
): Promise<void> {
  await fs.mkdir(staged, { recursive: true });
  for (const name of [...MANIFESTS, ...options.include]) {
    const from = join(options.source, name);
    if (!(await exists(from))) {
      throw new ImageBuildError(
        `The build made no '${name}', which belongs into the image; correct the script 'build' of package.json, or the step's 'include'`,
      );
    }
    await fs.cp(from, join(staged, name), { recursive: true });
  }
  if (!(await exists(join(staged, SERVICE_ENTRY)))) {
    throw new ImageBuildError(
      `The build made no '${SERVICE_ENTRY}', which the image starts; let the script 'build' of package.json write it`,
    );
  }
}

/**
 * Installs, compiles, and pushes an image of a Node service; each in a child
 * process, and all of it within the limits.
 *
 * The image holds production dependencies for its platform, `package.json`,
 * `package-lock.json` and what `include` names; it starts
 * {@link SERVICE_ENTRY} as a user that may change none of that. The same source
 * and dependencies give the same image.
 *
 * @returns the image's digest, `sha256:` and 64 hexadecimal digits.
 * @throws ImageBuildError, BuildLimitError, or the signal's reason.
 */
export async function buildImage(options: BuildImageOptions): Promise<string> {
  const { source, scratch, limits, logger, platform, base, target } = options;
  const { dependencies, secrets } = options;
  const home = join(scratch, 'home');
  const staged = join(scratch, 'image');
  const production = join(scratch, 'production');
  await fs.mkdir(home, { recursive: true });

  const deadline = new AbortController();
  const timer = setTimeout(
    () =>
      deadline.abort(
        new BuildLimitError(
          `The image was not ready after ${limits.timeoutSeconds} s; make the build shorter, or raise sportsbookScaling.image.buildTimeout`,
          'time',
        ),
      ),
    limits.timeoutSeconds * 1000,
  );
  const signal = AbortSignal.any([options.signal, deadline.signal]);

  const environment = buildEnvironment({
    environment: options.environment,
    home,
    nodeDirectory: dirname(process.execPath),
    memoryMegabytes: limits.memoryMegabytes,
    npmSettings: false,
  });
  const run = (command: {
    title: string;
    command: string;
    args: readonly string[];
    cwd: string;
  }) => {
    logger.info(`${command.title} ...`);
    return runLimited({
      ...command,
      env: environment,
      memoryMegabytes: limits.memoryMegabytes,
      secrets,
      signal,
    });
  };

  try {
    await copyManifests(source, production);
    await dependencies.provide({ project: source, secrets, logger, signal });
    await dependencies.provide({
      project: production,
      production: platform,
      secrets,
      logger,
      signal,
    });
    await run({
      title: 'npm run build',
      command: 'npm',
      args: ['run', 'build', '--if-present'],
      cwd: source,
    });
    await stageImage(options, staged);
    await fs.rm(join(staged, MODULES), { recursive: true, force: true });
    await fs.rename(join(production, MODULES), join(staged, MODULES));
    await normaliseModes(staged);

    const digestFile = join(scratch, 'digest');
    const settingsFile = join(scratch, 'containerify.json');
    // In a file, because all users of a machine can read arguments of processes.
    await fs.writeFile(
      settingsFile,
      JSON.stringify({
        folder: staged,
        buildFolder: join(scratch, 'layers'),
        fromRegistry: base.client.apiUrl,
        fromImage: `${base.access.repository}:${base.tag}`,
        fromToken: tokenOf(base.access),
        toRegistry: target.client.apiUrl,
        toImage: `${target.access.repository}:${target.tag}`,
        toToken: tokenOf(target.access),
        allowNoPushAuth: target.access.authorization === undefined,
        platform: `${platform.os}/${platform.architecture}`,
        workdir: WORKING_DIRECTORY,
        entrypoint: `node ${SERVICE_ENTRY}`,
        user: USER_ID,
        setTimeStamp: new Date(0).toISOString(),
        writePrefixedDigestTo: digestFile,
      }),
      { mode: 0o600 },
    );
    await run({
      title: `push to ${target.client.registry}/${target.access.repository}:${target.tag}`,
      command: process.execPath,
      args: [require.resolve('containerify'), '--file', settingsFile],
      cwd: scratch,
    });
    const digest = (await fs.readFile(digestFile, 'utf8')).trim();
    if (!/^sha256:[0-9a-f]{64}$/.test(digest)) {
      throw new ImageBuildError(`The pushed image has no digest: '${digest}'`);
    }
    return digest;
  } finally {
    clearTimeout(timer);
  }
}
