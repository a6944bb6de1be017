import { systemClock } from '../model/Clock';
import { sliceObject, serviceObject } from './__testUtils__/networkObjects';
import { dial, dialPod } from './dial';
import { RouteTable } from './RouteTable';
import { SessionAffinity } from './SessionAffinity';

function tableOf(...objects: ReturnType<typeof serviceObject>[]): RouteTable {
  const table = new RouteTable();
  for (const object of objects) {
    if (object.kind === 'Service') {
      table.setService(object);
    } else {
      table.setSlice(object);
    }
  }
  table.addPod('10.42.0.2');
  table.addPod('10.42.0.3');
  table.setListener('10.42.0.2', 8080, 40002);
  table.setListener('10.42.0.3', 8080, 40003);
  return table;
}

function dialling(table: RouteTable, random = () => 0) {
  return {
    table,
    random,
    affinity: new SessionAffinity<{ ip: string; port: number }>(systemClock),
  };
}

const to = (port: number) => ({
  status: 'ok',
  address: { host: '127.0.0.1', port },
});

describe('dial', () => {
  const service = serviceObject('odds-api', { clusterIP: '10.43.0.9' });
  const both = sliceObject('odds-api', [
    { ip: '10.42.0.2' },
    { ip: '10.42.0.3' },
  ]);

  it.each([
    ['odds-api.betting.svc', undefined],
    ['odds-api.betting.svc.cluster.local', undefined],
    ['Odds-API.betting.svc.cluster.local.', undefined],
    ['10.43.0.9', undefined],
    ['odds-api', 'betting'],
    ['odds-api.betting', 'shop'],
  ])('reaches a Service at %s', (host, fromNamespace) => {
    expect(
      dial(dialling(tableOf(service, both)), host, 80, fromNamespace),
    ).toEqual(to(40002));
  });

  it.each([
    ['odds-api', undefined],
    ['odds-api', 'shop'],
    ['odds-api.betting', undefined],
    ['odds-api.shop.svc', undefined],
    ['odds-api.betting.svc.example.org', undefined],
    ['example.org', 'betting'],
    ['..svc', 'betting'],
    ['10.43.0.10', undefined],
  ])('knows nobody at %s as seen from %s', (host, fromNamespace) => {
    expect(
      dial(dialling(tableOf(service, both)), host, 80, fromNamespace),
    ).toEqual({ status: 'unknown' });
  });

  it('spreads connections over the ready endpoints', () => {
    const table = tableOf(service, both);
    const answers = [0, 0.49, 0.5, 0.99].map(value =>
      dial(
        dialling(table, () => value),
        '10.43.0.9',
        80,
      ),
    );
    expect(answers).toEqual([to(40002), to(40002), to(40003), to(40003)]);
  });

  it('leaves out endpoints that are not ready', () => {
    const slice = sliceObject('odds-api', [
      { ip: '10.42.0.2', ready: false },
      { ip: '10.42.0.3' },
    ]);
    expect(dial(dialling(tableOf(service, slice)), '10.43.0.9', 80)).toEqual(
      to(40003),
    );
  });

  it('goes to endpoints that end but still serve when nobody is ready', () => {
    const slice = sliceObject('odds-api', [
      { ip: '10.42.0.2', ready: false, serving: true, terminating: true },
      { ip: '10.42.0.3', ready: false, serving: false, terminating: true },
    ]);
    expect(
      dial(
        dialling(tableOf(service, slice), () => 0.99),
        '10.43.0.9',
        80,
      ),
    ).toEqual(to(40002));
  });

  it('refuses a Service without endpoints, another port, and an endpoint that nobody listens at', () => {
    const silent = sliceObject('odds-api', [{ ip: '10.42.0.7' }]);
    expect([
      dial(dialling(tableOf(service)), '10.43.0.9', 80),
      dial(dialling(tableOf(service, both)), '10.43.0.9', 8080),
      dial(dialling(tableOf(service, silent)), '10.43.0.9', 80),
    ]).toEqual(Array(3).fill({ status: 'refused' }));
  });

  it('takes the port of the pod behind a headless name', () => {
    const headless = serviceObject('odds-api', { clusterIP: 'None' });
    const slice = sliceObject('odds-api', [
      { ip: '10.42.0.3', hostname: 'odds-0' },
    ]);
    const where = dialling(tableOf(headless, slice));
    expect(dial(where, 'odds-api.betting.svc', 8080)).toEqual(to(40003));
    expect(dial(where, 'odds-0.odds-api.betting.svc', 8080)).toEqual(to(40003));
    expect(dial(where, 'odds-1.odds-api.betting.svc', 8080)).toEqual({
      status: 'unknown',
    });
    expect(dial(where, 'odds-api.betting.svc', 80)).toEqual({
      status: 'refused',
    });
  });

  it('keeps a client at its endpoint where the Service asks for it', () => {
    const sticky = serviceObject('odds-api', {
      clusterIP: '10.43.0.9',
      sessionAffinity: 'ClientIP',
    });
    const table = tableOf(sticky, both);
    const values = [0.9, 0, 0];
    const where = dialling(table, () => values.shift() ?? 0);
    const first = dial(where, '10.43.0.9', 80);
    const second = dial(where, '10.43.0.9', 80);
    table.setSlice(sliceObject('odds-api', [{ ip: '10.42.0.2' }]));
    const third = dial(where, '10.43.0.9', 80);
    expect([first, second, third]).toEqual([to(40003), to(40003), to(40002)]);
  });

  it('forgets a Service and its slices', () => {
    const table = tableOf(service, both);
    table.removeService(service);
    table.removeSlice(both);
    expect(dial(dialling(table), '10.43.0.9', 80)).toEqual({
      status: 'unknown',
    });
    expect(table.routes().services).toEqual([]);
  });

  it('reaches an endpoint that was written by hand on this machine', () => {
    const slice = sliceObject('odds-api', [{ ip: '127.0.0.1' }]);
    expect(dial(dialling(tableOf(service, slice)), '10.43.0.9', 80)).toEqual(
      to(8080),
    );
  });
});

describe('dialPod', () => {
  it('tells a pod that does not listen from no pod', () => {
    const table = tableOf();
    expect(dialPod(table, '10.42.0.2', 8080)).toEqual(to(40002));
    expect(dialPod(table, '10.42.0.2', 9090)).toEqual({ status: 'refused' });
    expect(dialPod(table, '10.42.9.9', 8080)).toEqual({ status: 'unknown' });
  });
});
