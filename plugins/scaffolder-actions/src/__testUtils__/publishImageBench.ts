import { LoggerService } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject, JsonValue } from '@backstage/types';
import { readImageSettings } from '../image/imageSettings';
import { createPublishImageAction } from '../actions/publishImage';
import { FakeRegistry } from './FakeRegistry';
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
  const temporary = createMockDirectory();
  const temporaryOfProcess = process.env.TMPDIR;
  let registry: FakeRegistry;

  beforeEach(async () => {
    workspace.setContent(serviceProject());
    temporary.clear();
    process.env.TMPDIR = temporary.path;
    registry = await FakeRegistry.start();
    registry.addImage('library/node', '22-slim', {
      os: 'linux',
      architecture: 'arm64',
      layer: Buffer.alloc(1024),
    });
  });
  afterEach(async () => {
    if (temporaryOfProcess === undefined) {
      delete process.env.TMPDIR;
    } else {
      process.env.TMPDIR = temporaryOfProcess;
    }
    await registry.stop();
  });

  async function run(options: PublishImageRun = {}) {
    const clusterAccess = new NodesOnlyClusterAccess(
      options.architectures ?? ['arm64', 'arm64'],
    );
    const action = createPublishImageAction({
      settings: readImageSettings(
        new ConfigReader({
          sportsbookScaling: {
            image: {
              registry: registry.host,
              insecure: true,
              repositoryPrefix: 'sportsbook',
              ...options.image,
            },
          },
        }),
      ),
      clusterAccess,
      shutdownSignal: options.shutdownSignal ?? new AbortController().signal,
      environment: options.environment ?? process.env,
    });
    const outputs: Record<string, unknown> = {};
    const checkpoints = options.checkpoints ?? new Map();
    await action.handler({
      ...createMockActionContext({ workspacePath: workspace.path }),
      // The input's static type is narrower than what a template may really send.
      input: { name: 'odds-api', cluster: 'dev', ...options.input } as never,
      logger: options.logger ?? mockServices.logger.mock(),
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

  return {
    workspace,
    temporary,
    get registry() {
      return registry;
    },
    run,
    pushes,
  };
}
