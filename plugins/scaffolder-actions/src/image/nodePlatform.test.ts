import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { nodePlatform, npmCpu } from './nodePlatform';

const node = (
  architecture: string,
  operatingSystem = 'linux',
  unschedulable = false,
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: architecture },
  spec: { unschedulable },
  status: { nodeInfo: { architecture, operatingSystem } },
});

describe('nodePlatform', () => {
  it('is what all schedulable Linux nodes are', () => {
    expect(
      nodePlatform('dev', [
        node('amd64'),
        node('amd64'),
        node('arm64', 'linux', true),
        node('arm64', 'windows'),
      ]),
    ).toEqual({ os: 'linux', architecture: 'amd64' });
  });

  it('refuses to choose between architectures, and names a cluster without nodes', () => {
    expect(() => nodePlatform('dev', [node('arm64'), node('amd64')])).toThrow(
      "The nodes of cluster 'dev' have the architectures amd64, arm64",
    );
    expect(() => nodePlatform('dev', [node('amd64', 'windows')])).toThrow(
      "Cluster 'dev' has no schedulable Linux node",
    );
  });
});

describe('npmCpu', () => {
  it("translates the cluster's names into npm's", () => {
    const cpuOf = (architecture: string) =>
      npmCpu({ os: 'linux', architecture });
    expect(['amd64', 'arm64', '386', 's390x'].map(cpuOf)).toEqual([
      'x64',
      'arm64',
      'ia32',
      's390x',
    ]);
  });
});
