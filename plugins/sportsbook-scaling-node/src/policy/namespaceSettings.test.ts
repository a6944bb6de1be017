import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { ClusterSettings } from './ClusterSettings';
import { namespaceObjects } from './namespaceObjects';
import { NamespaceCreation, namespaceNameProblem } from './namespaceSettings';

const settingsOf = (namespaces: JsonObject | string) =>
  ClusterSettings.fromConfig(
    new ConfigReader({
      sportsbookScaling: { clusters: [{ name: 'dev', namespaces }] },
    }),
  ).for('dev').namespaceCreation;

const creation = (over: JsonObject = {}): NamespaceCreation => {
  const read = settingsOf({ create: true, pattern: 'team-[a-z]+', ...over });
  if (read === undefined) {
    throw new Error('it makes namespaces');
  }
  return read;
};

describe('namespaces of a cluster', () => {
  it('have to exist unless the configuration says otherwise', () => {
    expect(settingsOf('existing')).toBeUndefined();
    expect(
      ClusterSettings.fromConfig(new ConfigReader({})).for('dev')
        .namespaceCreation,
    ).toBeUndefined();
  });

  it.each([
    [{ create: true }, /namespaces\.pattern: Required/],
    [{ create: true, pattern: '(' }, /'\(' is not a regular expression/],
    [
      {
        create: true,
        pattern: 'a',
        resourceQuota: { hard: { cpu: '1 core' } },
      },
      /resourceQuota\.hard\.cpu: '1 core' is not a Kubernetes quantity/,
    ],
    [
      {
        create: true,
        pattern: 'a',
        podSecurity: 'restricted',
        labels: { 'pod-security.kubernetes.io/enforce': 'privileged' },
      },
      /is said by podSecurity already/,
    ],
    [{ create: true, pattern: 'a', quota: {} }, /Unrecognized key.*quota/],
    ['all', /namespaces: Expected object, received string/],
  ] as [JsonObject | string, RegExp][])(
    'cannot be configured as %j',
    (namespaces, problem) => {
      expect(() => settingsOf(namespaces)).toThrow(problem);
    },
  );
});

describe('the name of a new namespace', () => {
  it('may be one by the pattern', () => {
    expect(namespaceNameProblem(creation(), 'team-odds')).toBeUndefined();
  });

  it.each([
    ['xteam-odds', /must be named by the pattern team-\[a-z\]\+/],
    ['team-odds2', /must be named by the pattern/],
    ['Team-odds', /not a possible name/],
    ['team-', /not a possible name/],
    [`team-${'a'.repeat(60)}`, /at most 63/],
  ])('may not be %s', (name, problem) => {
    expect(namespaceNameProblem(creation(), name)).toMatch(problem);
  });

  it.each(['kube-odds', 'default'])('is never %s', name => {
    expect(namespaceNameProblem(creation({ pattern: '.*' }), name)).toMatch(
      /Kubernetes' own/,
    );
  });

  it('fits the whole pattern, also where it has alternatives', () => {
    const either = creation({ pattern: 'a|b' });
    expect(namespaceNameProblem(either, 'a')).toBeUndefined();
    expect(namespaceNameProblem(either, 'ab')).toMatch(/pattern/);
  });
});

it('makes the Namespace alone where the configuration names nothing to go with it', () => {
  const objects = namespaceObjects(
    creation({ podSecurity: 'baseline' }),
    'team-a',
  );
  expect(objects).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'team-a',
        labels: {
          'app.kubernetes.io/managed-by': 'backstage-sportsbook-scaling',
          'pod-security.kubernetes.io/enforce': 'baseline',
        },
        annotations: { 'sportsbook-scaling/made-by-policy': 'true' },
      },
    },
  ]);
});
