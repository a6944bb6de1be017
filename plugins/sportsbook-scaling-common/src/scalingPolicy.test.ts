import fc from 'fast-check';
import { longestServiceName } from './contract';
import {
  fallbackReplicas,
  parseScalingPolicy,
  SERVICE_NAME_PATTERN,
} from './scalingPolicy';

const required = {
  name: 'odds-api',
  owner: 'group:default/betting',
  namespace: 'betting',
  cluster: 'dev',
};

const existing = {
  monitoring: 'existing',
  prometheusAddress: 'http://prometheus.monitoring.svc:9090',
};

const problemsOf = (input: unknown) => {
  const parsed = parseScalingPolicy(input);
  return parsed.ok
    ? []
    : parsed.problems.map(({ field, message }) => `${field}: ${message}`);
};

describe('parseScalingPolicy', () => {
  it('fills in every default', () => {
    expect(parseScalingPolicy(required)).toEqual({
      ok: true,
      policy: {
        ...required,
        requestsPerSecondPerReplica: 100,
        minReplicas: 2,
        maxReplicas: 10,
        serviceType: 'ClusterIP',
        monitoring: 'own',
      },
    });
  });

  it.each(['odds-api', 'true', 'null', 'odds-1e3', 'a', 'a'.repeat(41)])(
    'accepts the name %s',
    name => {
      expect(problemsOf({ ...required, name })).toEqual([]);
    },
  );

  it.each(['Odds', '1odds', '-odds', 'odds-', 'odds_api', 'odds.api', 'ödds'])(
    'refuses the name %s',
    name => {
      expect(problemsOf({ ...required, name })).toEqual([
        'name: must consist of lower-case letters, digits and dashes, start with a letter and not end with a dash',
      ]);
    },
  );

  it('refuses a name with a line break after a valid one', () => {
    expect(problemsOf({ ...required, name: 'odds\n' })).toHaveLength(1);
  });

  it('says how long the name may be with the chosen monitoring', () => {
    const name = 'a'.repeat(42);
    expect(problemsOf({ ...required, name })).toEqual([
      "name: has 42 characters; at most 41 are possible with monitoring 'own'",
    ]);
    expect(problemsOf({ ...required, ...existing, name })).toEqual([]);
  });

  it.each(['Betting', '-betting', 'bet.ting', ''])(
    "refuses the namespace '%s'",
    namespace => {
      expect(problemsOf({ ...required, namespace })[0]).toMatch(/^namespace: /);
    },
  );

  it('refuses a minimum above the maximum', () => {
    expect(
      problemsOf({ ...required, minReplicas: 11, maxReplicas: 10 }),
    ).toEqual(['minReplicas: is 11, above maxReplicas 10']);
  });

  it.each([
    ['minReplicas', 0],
    ['minReplicas', 1.5],
    ['maxReplicas', 501],
    ['requestsPerSecondPerReplica', 0],
    ['requestsPerSecondPerReplica', 100_001],
    ['nodePort', 29_999],
    ['prometheusNodePort', 32_768],
  ])('refuses %s %d', (field, value) => {
    expect(
      problemsOf({ ...required, serviceType: 'NodePort', [field]: value })[0],
    ).toMatch(new RegExp(`^${field}: `));
  });

  it('takes node ports only where something is exposed on them', () => {
    expect(problemsOf({ ...required, nodePort: 30901 })).toEqual([
      "nodePort: needs serviceType 'NodePort'",
    ]);
    expect(
      problemsOf({
        ...required,
        ...existing,
        prometheusNodePort: 30900,
      }),
    ).toEqual(["prometheusNodePort: needs monitoring 'own'"]);
    expect(
      problemsOf({
        ...required,
        serviceType: 'NodePort',
        nodePort: 30901,
        prometheusNodePort: 30901,
      }),
    ).toEqual(['prometheusNodePort: is the same as nodePort']);
    expect(
      problemsOf({
        ...required,
        serviceType: 'NodePort',
        nodePort: 30901,
        prometheusNodePort: 30900,
      }),
    ).toEqual([]);
  });

  it('takes a server with its labels in place of an address, and not both', () => {
    const server = { name: 'monitoring/k8s', address: 'http://k8s.mon.svc' };
    const chosen = (prometheusServer: object, more = {}) =>
      problemsOf({
        ...required,
        monitoring: 'existing',
        prometheusServer,
        ...more,
      });
    expect(chosen(server)).toEqual([]);
    expect(
      chosen({
        ...server,
        serviceMonitorLabels: { 'example.com/release': 'a_b', empty: '' },
      }),
    ).toEqual([]);
    expect(chosen({ name: 'mimir' })).toEqual([]);
    expect(chosen(server, existing)).toEqual([
      'prometheusAddress: names a server beside prometheusServer; leave one of them out',
    ]);
    expect(problemsOf({ ...required, prometheusServer: server })).toEqual([
      "prometheusServer: needs monitoring 'existing'",
    ]);
    for (const wrong of [
      { name: 'a/b/c' },
      { ...server, address: 'http://me:secret@k8s.mon.svc' },
      { ...server, serviceMonitorLabels: { 'a b': 'c' } },
      { ...server, serviceMonitorLabels: { a: 'b: c' } },
      { ...server, tenant: 'x' },
    ]) {
      expect(chosen(wrong)[0]).toMatch(/^prometheusServer/);
    }
  });

  it('asks for the server or the address of an existing Prometheus, and only of that', () => {
    expect(problemsOf({ ...required, monitoring: 'existing' })).toEqual([
      "prometheusServer: is missing; with monitoring 'existing' it, or prometheusAddress, names the server that KEDA asks",
    ]);
    expect(problemsOf({ ...required, ...existing, monitoring: 'own' })).toEqual(
      ["prometheusAddress: needs monitoring 'existing'"],
    );
  });

  it.each([
    'http://user:secret@prometheus:9090',
    'http://prometheus:9090/?query=up',
    'file:///etc/passwd',
    'prometheus:9090',
    'http://prometheus:9090\n',
  ])("refuses the Prometheus address '%s'", prometheusAddress => {
    expect(problemsOf({ ...required, ...existing, prometheusAddress })).toEqual(
      [
        'prometheusAddress: must be an address such as http://prometheus.monitoring.svc:9090, without credentials',
      ],
    );
  });

  it('reports a bad field and a broken rule between fields together', () => {
    expect(
      problemsOf({
        ...required,
        name: 'Odds',
        minReplicas: 5,
        maxReplicas: 3,
      }).map(problem => problem.split(':')[0]),
    ).toEqual(['name', 'minReplicas']);
  });

  it('names the input itself where it is no object', () => {
    expect(problemsOf('odds-api')).toEqual([
      '(input): Expected object, received string',
    ]);
  });

  it('accepts every name that is short enough and fits the pattern', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(SERVICE_NAME_PATTERN, { maxLength: 41 }),
        name =>
          name.length > longestServiceName('own') ||
          parseScalingPolicy({ ...required, name }).ok,
      ),
    );
  });
});

describe('fallbackReplicas', () => {
  it('doubles the minimum', () => {
    expect(fallbackReplicas({ minReplicas: 2, maxReplicas: 10 })).toBe(4);
  });

  it('stays within the maximum', () => {
    expect(fallbackReplicas({ minReplicas: 3, maxReplicas: 5 })).toBe(5);
  });
});
