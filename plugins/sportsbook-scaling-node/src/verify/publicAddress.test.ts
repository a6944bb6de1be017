import { FakeCluster } from '../testUtils/FakeCluster';
import { publicAddress } from './publicAddress';

const service = (spec: object, status: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'odds', namespace: 'betting' },
  spec,
  status,
});
const nodePort = service({
  type: 'NodePort',
  ports: [
    { name: 'http', port: 8080, nodePort: 30901 },
    { name: 'admin', port: 9000, nodePort: 30902 },
  ],
});

describe('publicAddress', () => {
  let client: FakeCluster;
  const seedNode = (...addresses: { type: string; address: string }[]) =>
    client.seed({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: `node-${addresses[0].address}` },
      status: { addresses },
    });

  beforeEach(() => {
    client = new FakeCluster();
  });

  it('is the name in the cluster for a ClusterIP Service', async () => {
    expect(
      await publicAddress({
        client,
        service: service({ ports: [{ port: 8080 }] }),
      }),
    ).toBe('http://odds.betting.svc:8080');
  });

  it('prefers the configured address of the nodes', async () => {
    seedNode({ type: 'ExternalIP', address: '203.0.113.7' });
    expect(
      await publicAddress({
        client,
        service: nodePort,
        nodeAddress: '127.0.0.1',
      }),
    ).toBe('http://127.0.0.1:30901');
  });

  it("takes a node's external address before an internal one", async () => {
    seedNode({ type: 'InternalIP', address: '10.0.0.1' });
    expect(await publicAddress({ client, service: nodePort })).toBe(
      'http://10.0.0.1:30901',
    );
    seedNode({ type: 'ExternalIP', address: '2001:db8::7' });
    expect(await publicAddress({ client, service: nodePort })).toBe(
      'http://[2001:db8::7]:30901',
    );
  });

  it('falls back to the name in the cluster where nodes may not be listed', async () => {
    client.denied.add('list nodes');
    expect(await publicAddress({ client, service: nodePort })).toBe(
      'http://odds.betting.svc:8080',
    );
  });

  it('finds a port by number or name, and knows when there is none', async () => {
    const options = { client, service: nodePort, nodeAddress: 'node' };
    expect(await publicAddress({ ...options, port: 'admin' })).toBe(
      'http://node:30902',
    );
    expect(await publicAddress({ ...options, port: 9000 })).toBe(
      'http://node:30902',
    );
    expect(await publicAddress({ ...options, port: 1 })).toBeUndefined();
  });

  it('is the load balancer of a Service that has one', async () => {
    expect(
      await publicAddress({
        client,
        service: service(
          {
            type: 'LoadBalancer',
            ports: [{ name: 'https', port: 443, nodePort: 30443 }],
          },
          { loadBalancer: { ingress: [{ hostname: 'odds.example.com' }] } },
        ),
      }),
    ).toBe('https://odds.example.com:443');
  });
});
