import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../model/Clock';
import {
  serviceObject,
  sliceObject,
} from '../network/__testUtils__/networkObjects';
import { dial } from '../network/dial';
import { RouteTable } from '../network/RouteTable';
import { SessionAffinity } from '../network/SessionAffinity';
import { RoutesFile } from './RoutesFile';

interface Routes {
  resolve(
    host: string,
    port: number,
  ): {
    to?: number;
    refused?: string;
    unknown?: boolean;
    outside?: boolean;
  };
}

/** Loaded as Node loads it into a pod's process. */
const { createRoutes }: { createRoutes(pod: object): Routes } = createRequire(
  __filename,
)('./preload/routes.cjs');

describe('routes as pods see them', () => {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-routes-'));
  const table = new RouteTable();
  const file = new RoutesFile(join(directory, 'routes.json'), table, 6443);
  const routes = createRoutes({
    name: 'me',
    namespace: 'betting',
    ip: '10.42.0.3',
    routesFile: file.path,
  });

  beforeAll(() => {
    table.setService(serviceObject('odds-api', { clusterIP: '10.43.0.9' }));
    table.setSlice(sliceObject('odds-api', [{ ip: '10.42.0.2' }]));
    table.setService(serviceObject('silent', { clusterIP: '10.43.0.10' }));
    table.setSlice(sliceObject('silent', [{ ip: '10.42.0.3' }]));
    table.setService(serviceObject('empty', { clusterIP: '10.43.0.11' }));
    table.setService(serviceObject('headless', { clusterIP: 'None' }));
    table.setSlice(
      sliceObject('headless', [{ ip: '10.42.0.2', hostname: 'first' }]),
    );
    table.setService({
      ...serviceObject('kubernetes'),
      metadata: { name: 'kubernetes', namespace: 'default' },
      spec: {
        clusterIP: '10.43.0.1',
        ports: [{ name: 'https', port: 443 }],
      },
    });
    table.addPod('10.42.0.2');
    table.addPod('10.42.0.3');
    table.setListener('10.42.0.2', 8080, 40002);
    file.start();
  });

  afterAll(() => {
    file.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it.each([
    ['odds-api', 80],
    ['odds-api.betting', 80],
    ['odds-api.betting.svc', 80],
    ['ODDS-api.betting.svc.cluster.local.', 80],
    ['odds-api', 8080],
    ['10.43.0.9', 80],
    ['10.42.0.2', 8080],
    ['10.42.0.2', 9],
    ['10.42.0.9', 80],
    ['silent', 80],
    ['empty', 80],
    ['headless', 8080],
    ['headless', 80],
    ['first.headless.betting.svc', 8080],
    ['second.headless.betting.svc', 8080],
    ['absent.betting.svc', 80],
    ['absent.svc.cluster.local', 80],
    ['example.org', 443],
    ['a.b.c.svc', 80],
  ])('lead where the network itself leads: %s port %i', (host, port) => {
    const answer = dial(
      {
        table,
        random: Math.random,
        affinity: new SessionAffinity(systemClock),
      },
      host,
      port,
      'betting',
    );
    const { to, refused } = routes.resolve(host, port);
    const seen = {
      status: refused === undefined ? 'unknown' : 'refused',
    };
    expect(
      to === undefined
        ? seen
        : { status: 'ok', address: { host: '127.0.0.1', port: to } },
    ).toEqual(answer);
  });

  it('tell a name of the cluster that is absent from one of the world outside', () => {
    expect(routes.resolve('absent.betting.svc', 80)).toEqual({ unknown: true });
    expect(routes.resolve('example.org', 80)).toEqual({ outside: true });
    expect(routes.resolve('192.0.2.1', 80)).toEqual({ outside: true });
  });

  it('lead to the API server', () => {
    for (const host of ['kubernetes.default.svc', '10.43.0.1']) {
      expect(routes.resolve(host, 443)).toEqual({ to: 6443 });
    }
  });

  it('are those of this moment', async () => {
    table.setListener('10.42.0.3', 8080, 40003);
    await new Promise(resolve => setImmediate(resolve));
    await new Promise(resolve => setImmediate(resolve));
    expect(routes.resolve('silent', 80)).toEqual({ to: 40003 });
    table.removeListener('10.42.0.3');
  });
});
