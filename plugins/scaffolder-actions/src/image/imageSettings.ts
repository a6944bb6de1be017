import { isAbsolute } from 'node:path';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { parseConfigSection } from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';

const CONFIG_KEY = 'sportsbookScaling.image';

/** How a registry is reached. */
export interface RegistrySettings {
  /** `host` or `host:port`, as image references name it. */
  registry: string;
  /** Plain HTTP instead of HTTPS. */
  insecure: boolean;
  username?: string;
  password?: string;
}

export interface ImageSettings {
  target: RegistrySettings;
  /** Where the base image is pulled from; may be the target itself. */
  base: RegistrySettings;
  /** Put before the name of each repository, without slashes at its ends; may be empty. */
  repositoryPrefix: string;
  /** `repository:tag` in the base registry. Must hold Node and glibc. */
  baseImage: { repository: string; tag: string };
  /** `os/architecture` that images are built for; undefined: what the cluster's nodes are. */
  platform: { os: 'linux'; architecture: string } | undefined;
  /** Secret of the service's namespace by which pods pull; undefined: none is needed. */
  pullSecretName: string | undefined;
  limits: BuildLimits;
  cache: BuildCacheSettings;
}

/** Where builds work, and what they keep for the next ones. */
export interface BuildCacheSettings {
  /** Undefined: a folder among the caches of the backend's user. */
  directory: string | undefined;
  /** Of all kept dependencies together; 0: nothing is kept. */
  maxMegabytes: number;
  /** Whether the skeleton's dependencies are installed when the backend starts. */
  installAhead: boolean;
}

export interface BuildLimits {
  /** For one build, from the installation of dependencies to the push. */
  timeoutSeconds: number;
  /** Resident memory of a build's processes together. */
  memoryMegabytes: number;
  /** How many builds go at the same time; the others wait. */
  concurrentBuilds: number;
}

const registryHost = z
  .string()
  .regex(
    /^[A-Za-z0-9.-]+(?::\d+)?$|^\[[0-9a-fA-F:]+\](?::\d+)?$/,
    'must be host or host:port, without scheme and path',
  );

const credentials = {
  insecure: z.boolean().default(false),
  username: z.string().optional(),
  password: z.string().optional(),
};

const REPOSITORY =
  /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*$/;

/** Repository names as the OCI distribution specification has them. */
export const repositoryName = z
  .string()
  .max(200)
  .regex(
    REPOSITORY,
    `must consist of lower-case letters and digits, separated by '.', '_', '-' or '/'`,
  );

export const tagName = z
  .string()
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
    `must consist of at most 128 letters, digits, '_', '.' and '-', and not start with '.' or '-'`,
  );

const imageSchema = z
  .object({
    registry: registryHost,
    ...credentials,
    repositoryPrefix: repositoryName.or(z.literal('')).default(''),
    baseImage: z
      .string()
      .default('library/node:22-slim')
      .refine(
        image => {
          const [repository, tag, ...rest] = image.split(':');
          return (
            rest.length === 0 &&
            repositoryName.safeParse(repository).success &&
            tagName.safeParse(tag).success
          );
        },
        { message: `must be repository:tag, such as 'library/node:22-slim'` },
      ),
    baseRegistry: z
      .object({ registry: registryHost, ...credentials })
      .strict()
      .optional(),
    platform: z
      .string()
      .regex(/^linux\/[a-z0-9]+$/, `must be such as 'linux/amd64'`)
      .optional(),
    buildTimeout: z.unknown(),
    buildMemoryMegabytes: z.number().int().min(256).default(1536),
    concurrentBuilds: z.number().int().min(1).default(2),
    buildDirectory: z
      .string()
      .refine(isAbsolute, { message: 'must be an absolute path' })
      .optional(),
    dependencyCacheMegabytes: z.number().int().min(0).default(1024),
    installAhead: z.boolean().default(false),
    pullSecretName: z
      .string()
      .max(253)
      .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'must be the name of a Secret')
      .optional(),
  })
  .strict();

const DEFAULT_BUILD_TIMEOUT_SECONDS = 600;

/**
 * Undefined where no registry is configured.
 *
 * @throws InputError that lists every problem of `sportsbookScaling.image`.
 */
export function readImageSettings(config: Config): ImageSettings | undefined {
  if (!config.has(CONFIG_KEY)) {
    return undefined;
  }
  const image = parseConfigSection(config, CONFIG_KEY, imageSchema);
  if ((image.username === undefined) !== (image.password === undefined)) {
    throw new InputError(
      `${CONFIG_KEY}: username and password belong together; one of them is missing`,
    );
  }

  const target: RegistrySettings = {
    registry: image.registry,
    insecure: image.insecure,
    username: image.username,
    password: image.password,
  };
  const [repository, tag] = image.baseImage.split(':');
  const timeoutKey = `${CONFIG_KEY}.buildTimeout`;
  return {
    target,
    base: image.baseRegistry ?? target,
    repositoryPrefix: image.repositoryPrefix,
    baseImage: { repository, tag },
    platform:
      image.platform === undefined
        ? undefined
        : { os: 'linux', architecture: image.platform.split('/')[1] },
    limits: {
      timeoutSeconds: config.has(timeoutKey)
        ? durationToMilliseconds(
            readDurationFromConfig(config, { key: timeoutKey }),
          ) / 1000
        : DEFAULT_BUILD_TIMEOUT_SECONDS,
      memoryMegabytes: image.buildMemoryMegabytes,
      concurrentBuilds: image.concurrentBuilds,
    },
    cache: {
      directory: image.buildDirectory,
      maxMegabytes: image.dependencyCacheMegabytes,
      installAhead: image.installAhead,
    },
    pullSecretName: image.pullSecretName,
  };
}
