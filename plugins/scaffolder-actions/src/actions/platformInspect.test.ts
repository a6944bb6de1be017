import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { runAction } from '../__testUtils__/actionRun';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { bareCluster } from '../__testUtils__/platformRelease';
import { createPlatformInspectAction } from './platformInspect';

describe('platform:inspect', () => {
  const workspacePath = createMockDirectory().path;

  const run = (
    input: object,
    options: { access?: FakeClusterAccess; isDryRun?: boolean } = {},
  ) =>
    runAction(
      createPlatformInspectAction({
        access: options.access ?? new FakeClusterAccess(bareCluster()),
      }),
      {
        input: { cluster: 'dev', ...input },
        workspacePath,
        isDryRun: options.isDryRun,
      },
    );

  it('says what is missing, in the log, as Markdown and as JSON', async () => {
    const { outputs, lines } = await run({});
    expect(outputs).toMatchObject({
      isReady: false,
      report: { keda: { state: 'absent' } },
      problems: [
        expect.stringContaining('Prometheus operator is not installed'),
        expect.stringContaining('KEDA is not installed'),
      ],
      summary: expect.stringContaining('| KEDA | absent |'),
    });
    expect(lines).toContainEqual(expect.stringMatching(/^info: KEDA +absent/));
  });

  it('fails where the cluster has to be ready and is not', async () => {
    await expect(run({ requireReady: true })).rejects.toMatchObject({
      name: 'PlatformNotReadyError',
    });
  });

  it('asks to look into all namespaces, or into one', async () => {
    const access = new FakeClusterAccess(bareCluster());
    await run({}, { access });
    await run({ scope: 'namespace', namespace: 'betting' }, { access });
    expect(access.requests).toMatchObject([
      { namespaces: ['*'], kinds: [] },
      { namespaces: ['betting'], kinds: [], clusterScopedKinds: [] },
    ]);
  });

  it('asks no cluster in a dry run', async () => {
    const access = new FakeClusterAccess(bareCluster());
    await run({}, { access, isDryRun: true });
    expect(access.requests).toEqual([]);
  });

  it('stops when the task is cancelled', async () => {
    const action = createPlatformInspectAction({
      access: new FakeClusterAccess(bareCluster()),
    });
    await expect(
      runAction(action, {
        input: { cluster: 'dev' },
        workspacePath,
        signal: AbortSignal.abort(new Error('cancelled')),
      }),
    ).rejects.toThrow('cancelled');
  });
});
