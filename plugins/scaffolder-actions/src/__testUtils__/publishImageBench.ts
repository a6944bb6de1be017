import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { JsonObject, JsonValue } from '@backstage/types';
import { createMockActionContext } from './createMockActionContext';
import { createMockDirectory } from './createMockDirectory';
import { mockLogger } from './mockLogger';
import { ImageBuilds } from '../image/ImageBuilds';
import { createPublishImageAction } from '../actions/publishImage';
import { FakeRegistry } from './FakeRegistry';
import { openImageBuilds } from './openImageBuilds';
import { NodesOnlyClusterAccess } from './NodesOnlyClusterAccess';
import { serviceProject } from './serviceProject';

/** How one run differs from the usual one. */
export interface PublishImageRun {
  input?: JsonObject;
  image?: JsonObject;
  architectures?: string[];
  signal?: AbortSignal;
  shutdownSignal?: AbortSignal;
  isDryRun?: boolean;
  environment?: NodeJS.ProcessEnv;
  checkpoints?: Map<string, JsonValue | void>;
  logger?: LoggerService;
}

/**
 * A service's source, a registry with its base image and the action between
 * them, afresh for each test of the surrounding `describe`.
 */
export function publishImageBench() {
  const workspace = createMockDirectory();
  const buildDirectory = createMockDirectory();
  let registry: FakeRegistry;
  let opened: ImageBuilds[] = [];

  beforeEach(async () => {
    workspace.setContent(serviceProject());
    buildDirectory.clear();
    opened = [];
    registry = await FakeRegistry.start();
    registry.addImage('library/node', '22-slim', {
      os: 'linux',
      architecture: 'arm64',
      layer: Buffer.alloc(1024),
    });
  });
  afterEach(async () => {
    await Promise.all(opened.map(builds => builds.close()));
    await registry.stop();
  });

  async function run(options: PublishImageRun = {}) {
    const clusterAccess = new NodesOnlyClusterAccess(
      options.architectures ?? ['arm64', 'arm64'],
    );
    const environment = options.environment ?? process.env;
    const builds = await openImageBuilds({
      image: {
        registry: registry.host,
        insecure: true,
        repositoryPrefix: 'sportsbook',
        buildDirectory: buildDirectory.path,
        ...options.image,
      },
      environment,
    });
    opened.push(builds);
    const action = createPublishImageAction({
      builds,
      clusterAccess,
      shutdownSignal: options.shutdownSignal ?? new AbortController().signal,
      environment,
    });
    const outputs: Record<string, unknown> = {};
    const checkpoints = options.checkpoints ?? new Map();
    await action.handler({
      ...createMockActionContext({ workspacePath: workspace.path }),
      // The input's static type is narrower than what a template may really send.
      input: { name: 'odds-api', cluster: 'dev', ...options.input } as never,
      logger: options.logger ?? mockLogger(),
      output: (name, value) => {
        outputs[name] = value;
      },
      signal: options.signal,
      isDryRun: options.isDryRun,
      checkpoint: async ({ key, fn }) => {
        if (!checkpoints.has(key)) {
          checkpoints.set(key, await fn());
        }
        return checkpoints.get(key);
      },
    });
    return { outputs, clusterAccess };
  }

  const pushes = () =>
    registry.requests.filter(request => /^PUT .*manifests/.test(request));

  /** Names of what builds have not removed, as soon as nothing goes on any more. */
  async function leftovers(): Promise<string[]> {
    await Promise.all(opened.map(builds => builds.settled()));
    return readdirSync(join(buildDirectory.path, 'work'));
  }

  /** Whether a build's script has written a file `started` beside its source. */
  function hasStarted(): boolean {
    const work = join(buildDirectory.path, 'work');
    return (
      existsSync(work) &&
      readdirSync(work).some(name =>
        existsSync(join(work, name, 'source/started')),
      )
    );
  }

  return {
    workspace,
    hasStarted,
    buildDirectory,
    leftovers,
    get registry() {
      return registry;
    },
    run,
    pushes,
  };
}
