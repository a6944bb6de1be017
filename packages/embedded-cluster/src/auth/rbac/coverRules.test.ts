import { missingRights } from './coverRules';

const rule = (parts: Record<string, string[]>) => ({
  verbs: [],
  apiGroups: [],
  resources: [],
  resourceNames: [],
  nonResourceURLs: [],
  ...parts,
});

describe('missingRights', () => {
  it('names what is missing thing by thing, as Kubernetes does', () => {
    const wanted = [
      rule({
        apiGroups: ['', 'apps'],
        resources: ['pods', 'secrets'],
        verbs: ['get', '*'],
        resourceNames: ['a', 'b'],
      }),
      rule({ nonResourceURLs: ['/metrics', '/foo/*'], verbs: ['get'] }),
    ];

    expect(missingRights([], wanted)).toEqual([
      '{APIGroups:[""], Resources:["pods"], ResourceNames:["a"], Verbs:["get" "*"]}',
      '{APIGroups:[""], Resources:["pods"], ResourceNames:["b"], Verbs:["get" "*"]}',
      '{APIGroups:[""], Resources:["secrets"], ResourceNames:["a"], Verbs:["get" "*"]}',
      '{APIGroups:[""], Resources:["secrets"], ResourceNames:["b"], Verbs:["get" "*"]}',
      '{APIGroups:["apps"], Resources:["pods"], ResourceNames:["a"], Verbs:["get" "*"]}',
      '{APIGroups:["apps"], Resources:["pods"], ResourceNames:["b"], Verbs:["get" "*"]}',
      '{APIGroups:["apps"], Resources:["secrets"], ResourceNames:["a"], Verbs:["get" "*"]}',
      '{APIGroups:["apps"], Resources:["secrets"], ResourceNames:["b"], Verbs:["get" "*"]}',
      '{NonResourceURLs:["/foo/*"], Verbs:["get"]}',
      '{NonResourceURLs:["/metrics"], Verbs:["get"]}',
    ]);
  });

  it('joins what several rules want of one thing', () => {
    const secrets = { apiGroups: [''], resources: ['secrets'] };

    expect(
      missingRights(
        [],
        [
          rule({ ...secrets, verbs: ['get'] }),
          rule({ ...secrets, verbs: ['list', 'get'] }),
        ],
      ),
    ).toEqual([
      '{APIGroups:[""], Resources:["secrets"], Verbs:["get" "list"]}',
    ]);
  });

  it.each([
    [{ resources: ['*'] }, { resources: ['pods/exec'] }, true],
    [{ resources: ['*/scale'] }, { resources: ['deployments/scale'] }, true],
    [{ resources: ['deployments/scale'] }, { resources: ['*/scale'] }, false],
    [{ resources: ['pods'] }, { resources: ['*'] }, false],
    [
      { resources: ['pods'], resourceNames: ['a'] },
      { resources: ['pods'] },
      false,
    ],
    [
      { resources: ['pods'] },
      { resources: ['pods'], resourceNames: ['a'] },
      true,
    ],
    [
      { resources: ['pods'], resourceNames: ['a', 'b'] },
      { resources: ['pods'], resourceNames: ['b'] },
      true,
    ],
    [{ nonResourceURLs: ['/a/*'] }, { nonResourceURLs: ['/a/b/*'] }, true],
    [{ nonResourceURLs: ['/a/b'] }, { nonResourceURLs: ['/a/*'] }, false],
  ])('takes %j to include %j: %s', (held, wanted, included) => {
    const common = { verbs: ['get'], apiGroups: [''] };

    expect(
      missingRights(
        [rule({ ...common, ...held })],
        [rule({ ...common, ...wanted })],
      ).length === 0,
    ).toBe(included);
  });
});
