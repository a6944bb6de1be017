const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'bets.{namespace}.example.com' },
  spec: {
    group: '{namespace}.example.com',
    scope: 'Namespaced',
    names: {
      kind: 'Bet',
      plural: 'bets',
      singular: 'bet',
      shortNames: ['bt'],
      categories: ['all'],
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: {
          status: {},
          scale: {
            specReplicasPath: '.spec.lines',
            statusReplicasPath: '.status.lines',
          },
        },
        additionalPrinterColumns: [
          { name: 'Stake', type: 'integer', jsonPath: '.spec.stake' },
          {
            name: 'Market',
            type: 'string',
            jsonPath: '.spec.market',
            priority: 1,
          },
          {
            name: 'Age',
            type: 'date',
            jsonPath: '.metadata.creationTimestamp',
          },
        ],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            description: 'A bet on something.',
            properties: {
              spec: {
                type: 'object',
                required: ['stake'],
                'x-kubernetes-validations': [
                  { rule: 'self.stake < 1000', message: 'too much at stake' },
                ],
                properties: {
                  stake: {
                    type: 'integer',
                    minimum: 1,
                    description: 'In cents.',
                  },
                  lines: { type: 'integer' },
                  market: {
                    type: 'string',
                    default: 'winner',
                    enum: ['winner', 'handicap'],
                  },
                },
              },
              status: {
                type: 'object',
                properties: { lines: { type: 'integer' } },
              },
            },
          },
        },
      },
    ],
  },
};

const betOf = spec => ({
  apiVersion: '{namespace}.example.com/v1',
  kind: 'Bet',
  metadata: { name: 'first' },
  spec,
});
const kind = 'bets.{namespace}.example.com';

/** A kind of one's own, from its definition to its end. */
export const definitions = {
  name: 'definitions',
  steps: [
    { run: 'apply -f -', input: definition },
    { run: `wait crd/${kind} --for=condition=Established --timeout=20s` },
    { run: `get crd ${kind}` },
    { run: `get crd ${kind} -o yaml` },
    {
      run: 'api-resources --api-group={namespace}.example.com -o wide',
      until: /bets/,
    },
    { run: `explain ${kind}.spec`, until: /In cents/ },
    { run: 'apply -f -', input: betOf({ stake: 20 }) },
    { run: 'apply -f -', input: betOf({ stake: 20 }) },
    { run: `get ${kind}` },
    { run: `get ${kind} -o wide` },
    { run: `get ${kind} first -o yaml` },
    { run: `describe ${kind} first` },
    { run: 'apply -f -', input: betOf({ stake: 0 }) },
    { run: 'apply -f -', input: betOf({ stake: 5000 }) },
    { run: 'apply -f -', input: betOf({}) },
    { run: 'apply -f -', input: betOf({ stake: 30, market: 'other' }) },
    { run: 'apply -f -', input: betOf({ stake: 30, colour: 'red' }) },
    {
      run: 'apply -f - --validate=ignore',
      input: betOf({ stake: 30, colour: 'red' }),
    },
    { run: 'diff -f -', input: betOf({ stake: 40 }) },
    {
      run: [
        'patch',
        kind,
        'first',
        '--type=merge',
        '-p',
        '{"spec":{"stake":50}}',
      ],
    },
    { run: ['patch', kind, 'first', '-p', '{"spec":{"stake":50}}'] },
    { run: `scale ${kind}/first --replicas=3` },
    {
      run: [
        'patch',
        kind,
        'first',
        '--type=merge',
        '--subresource=status',
        '-p',
        '{"status":{"lines":3}}',
      ],
    },
    { run: `get ${kind} first -o yaml --show-managed-fields` },
    { run: `wait ${kind}/first --for=jsonpath={.spec.lines}=3 --timeout=5s` },
    { run: 'delete -f -', input: betOf({}) },
    { run: `get ${kind}` },
    { run: `delete crd ${kind}` },
    { run: `get ${kind}`, until: /have a resource type/ },
    {
      run: 'apply -f -',
      input: {
        ...definition,
        metadata: { name: 'other.{namespace}.example.com' },
      },
    },
  ],
  leaves: [`crd ${kind}`],
};
