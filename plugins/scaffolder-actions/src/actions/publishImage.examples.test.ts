import { parse } from 'yaml';
import { createMockActionContext } from '../__testUtils__/createMockActionContext';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { FakeRegistry } from '../__testUtils__/FakeRegistry';
import { NodesOnlyClusterAccess } from '../__testUtils__/NodesOnlyClusterAccess';
import { serviceProject } from '../__testUtils__/serviceProject';
import { openImageBuilds } from '../__testUtils__/openImageBuilds';
import { createPublishImageAction } from './publishImage';
import { publishImageExamples } from './publishImage.examples';

jest.setTimeout(60_000);

describe('examples of publish:image', () => {
  const workspace = createMockDirectory();
  const buildDirectory = createMockDirectory();
  let registry: FakeRegistry;
  beforeEach(async () => {
    registry = await FakeRegistry.start();
    registry.addImage('library/node', '22-slim', {
      os: 'linux',
      architecture: 'amd64',
      layer: Buffer.alloc(1024),
    });
  });
  afterEach(() => registry.stop());

  it.each(publishImageExamples)('$description', async ({ example }) => {
    const [step] = parse(example).steps;
    workspace.setContent({
      [step.input.sourcePath ?? '.']: {
        ...Object(serviceProject()),
        public: { 'index.html': '' },
      },
    });
    const builds = await openImageBuilds({
      image: {
        registry: registry.host,
        insecure: true,
        buildDirectory: buildDirectory.path,
      },
    });
    const action = createPublishImageAction({
      builds,
      clusterAccess: new NodesOnlyClusterAccess(['amd64']),
      shutdownSignal: new AbortController().signal,
      environment: process.env,
    });
    expect(step.action).toBe(action.id);
    const outputs: Record<string, unknown> = {};
    await action.handler({
      ...createMockActionContext({ workspacePath: workspace.path }),
      input: step.input,
      output: (name, value) => {
        outputs[name] = value;
      },
    });
    const byDigest = registry.manifest(
      step.input.name,
      String(outputs.imageDigest),
    );
    expect(byDigest).toMatchObject({ schemaVersion: 2 });
    expect(
      registry.manifest(
        step.input.name,
        step.input.tag ?? String(outputs.imageDigest),
      ),
    ).toEqual(byDigest);
    await builds.close();
  });
});
