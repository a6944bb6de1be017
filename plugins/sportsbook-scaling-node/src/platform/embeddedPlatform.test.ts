import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type EmbeddedCluster,
  startEmbeddedCluster,
} from '@sportsbook/embedded-cluster';
import { type KubeConfigClient, kubeConfigClient } from '../kubernetes';
import { decidePlatform } from './decidePlatform';
import { inspectPlatform } from './inspect';
import { platformProblems } from './platformSummary';
import { planRemoval } from './remove';

jest.setTimeout(60_000);

describe('the platform of the embedded cluster', () => {
  let directory: string;
  let cluster: EmbeddedCluster;
  let connection: KubeConfigClient;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'platform-'));
    cluster = await startEmbeddedCluster({
      directory,
      namespaces: ['betting'],
    });
    connection = await kubeConfigClient({
      kubeconfigPath: cluster.kubeconfigPath,
      context: cluster.context,
    });
  });

  afterAll(async () => {
    connection.close();
    await cluster.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('is present and embedded: there is nothing to install, and nothing to remove', async () => {
    const { client } = connection;
    const report = await inspectPlatform({ client });
    expect(report).toMatchObject({
      prometheusOperator: {
        state: 'present',
        owner: 'embedded',
        version: '0.93.0',
      },
      keda: { state: 'present', owner: 'embedded' },
      servers: { state: 'read' },
    });
    expect(platformProblems(report)).toEqual([]);
    expect(
      decidePlatform(report, {
        versions: { prometheusOperator: '9.9.9', keda: '9.9.9' },
        scope: 'cluster',
      }).map(({ verdict }) => verdict),
    ).toEqual(['keep', 'keep']);
    expect(await planRemoval({ client, reach: 'cluster' })).toMatchObject({
      objects: [],
      refusals: [expect.stringContaining('built in')],
    });
  });
});
