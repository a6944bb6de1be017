// The arrows between rooms and inside them: each rule names what may not be
// imported, and why. ARCHITECTURE.md draws the same picture.

const COMMON = '^plugins/sportsbook-scaling-common/';
const NODE = '^plugins/sportsbook-scaling-node/';
const FRONTEND = '^plugins/sportsbook-scaling/';
const CLUSTER = '^packages/embedded-cluster/';
const CLI = '^packages/cli/';
const ANY_ROOM = '^(packages|plugins)/';
const TESTS = [
  '[.]test[.]tsx?$',
  '/__testUtils__/',
  '/__fixtures__/',
  '/__scenarios__/',
  '/setupTests[.]ts$',
];
const ENGINES = `${NODE}src/(manifests|apply|wait|verify|policy|monitoring|platform|delivery)/`;
const ADAPTERS = `${NODE}src/(kubernetes|prometheus)/`;
const CLIENT_NODE = 'node_modules/@kubernetes/client-node/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that import each other are one idea in two places.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that nothing answers breaks at run time.',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { couldNotResolve: true },
    },

    // Between rooms.
    {
      name: 'common-imports-no-room',
      comment: 'The vocabulary stands alone; everybody else speaks it.',
      severity: 'error',
      from: { path: COMMON },
      to: { path: ANY_ROOM, pathNot: COMMON },
    },
    {
      name: 'common-is-isomorphic',
      comment: 'It runs in browser and backend: nothing of Node in it.',
      severity: 'error',
      from: { path: COMMON, pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'common-is-pure',
      comment: 'No components, no clients, no servers in the vocabulary.',
      severity: 'error',
      from: { path: COMMON, pathNot: TESTS },
      to: {
        path: [
          'node_modules/react(-dom)?/',
          'node_modules/@material-ui/',
          'node_modules/@kubernetes/',
          'node_modules/express/',
          'node_modules/@backstage/(backend|frontend|core)-',
        ],
      },
    },
    {
      name: 'node-imports-common-only',
      comment: 'Ports and engines know no plugin that uses them.',
      severity: 'error',
      from: { path: NODE, pathNot: TESTS },
      to: { path: ANY_ROOM, pathNot: [NODE, COMMON] },
    },
    {
      name: 'tests-of-node-run-on-the-embedded-cluster',
      comment: 'They know of no other room than those that -node may import.',
      severity: 'error',
      from: {
        path: `${NODE}.*([.]test[.]tsx?$|/__testUtils__/|/__fixtures__/)`,
      },
      to: { path: ANY_ROOM, pathNot: [NODE, COMMON, CLUSTER] },
    },
    {
      name: 'frontend-imports-common-only',
      comment: 'The card asks the backend; they share only the vocabulary.',
      severity: 'error',
      from: { path: FRONTEND },
      to: { path: ANY_ROOM, pathNot: [FRONTEND, COMMON] },
    },
    {
      name: 'frontend-has-no-node',
      comment: 'It runs in a browser.',
      severity: 'error',
      from: { path: [FRONTEND, '^packages/app/src/'], pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'app-imports-frontend-only',
      comment: 'The app is wiring for the page.',
      severity: 'error',
      from: { path: '^packages/app/' },
      to: { path: ANY_ROOM, pathNot: ['^packages/app/', FRONTEND] },
    },
    {
      name: 'backend-plugins-know-no-siblings',
      comment:
        'Backend plugins and modules meet in -node and -common, and in the backend that installs them.',
      severity: 'error',
      from: {
        path: '^plugins/(sportsbook-scaling-backend|scaffolder-actions|permission-policy|kubernetes-kubeconfig)/',
        pathNot: TESTS,
      },
      to: { path: ANY_ROOM, pathNot: ['^plugins/$1/', NODE, COMMON] },
    },
    {
      name: 'git-host-imports-no-room',
      comment:
        'It stands in for a product of others and knows nothing of ours.',
      severity: 'error',
      from: { path: '^packages/git-host/' },
      to: { path: ANY_ROOM, pathNot: '^packages/git-host/' },
    },
    {
      name: 'embedded-cluster-imports-common-and-git-host',
      comment:
        'It stands in for a cluster: the arithmetic and the names are shared, nothing else.',
      severity: 'error',
      from: { path: CLUSTER, pathNot: TESTS },
      to: {
        path: ANY_ROOM,
        pathNot: [CLUSTER, COMMON, '^packages/git-host/'],
      },
    },
    {
      name: 'embedded-cluster-is-imported-by-tests-only',
      comment:
        'The product reaches it as any other cluster: over its API, in a process of its own.',
      severity: 'error',
      from: {
        path: '^(packages|plugins)/',
        pathNot: [CLUSTER, ...TESTS],
      },
      to: { path: CLUSTER },
    },
    {
      name: 'cli-imports-node-and-common',
      comment:
        'It is the library with a kubeconfig and without Backstage, so it knows none of its plugins.',
      severity: 'error',
      from: { path: CLI, pathNot: TESTS },
      to: { path: ANY_ROOM, pathNot: [CLI, NODE, COMMON] },
    },
    {
      name: 'cli-is-imported-by-nobody',
      comment: 'It is a program; what others need of it belongs in -node.',
      severity: 'error',
      from: { path: ANY_ROOM, pathNot: [CLI, NODE, COMMON] },
      to: { path: CLI },
    },
    {
      name: 'cli-reads-the-command-line-without-the-library',
      comment:
        'Help and mistakes are answered at once; the rest is loaded when there is something to do.',
      severity: 'error',
      from: { path: `${CLI}src/(main[.]ts|program/)`, pathNot: TESTS },
      to: { path: [NODE, COMMON] },
    },
    {
      name: 'backend-imports-no-frontend',
      comment: 'The page reaches the backend as a built package.',
      severity: 'error',
      from: { path: '^packages/backend/' },
      to: { path: ['^packages/app/', FRONTEND] },
    },
    {
      name: 'no-tests-in-products',
      comment: 'What only tests need stays out of what is shipped.',
      severity: 'error',
      from: { pathNot: [...TESTS, '/dev/', '^e2e/', '^templates/'] },
      to: { path: TESTS },
    },

    // Only the adapters know the client library.
    {
      name: 'client-node-in-adapters-only',
      comment:
        'Engines, actions and routes speak to a cluster through KubernetesClient.',
      severity: 'error',
      from: {
        path: ANY_ROOM,
        pathNot: [
          '^plugins/sportsbook-scaling-node/src/kubernetes/',
          '^plugins/kubernetes-kubeconfig/src/',
          ...TESTS,
        ],
      },
      to: { path: CLIENT_NODE },
    },

    // Inside -node: engines and adapters -> ports -> errors -> model.
    {
      name: 'engines-import-ports-not-adapters',
      comment:
        'What applies, waits and verifies runs on whatever client it is given.',
      severity: 'error',
      from: { path: ENGINES, pathNot: TESTS },
      to: { path: ADAPTERS },
    },
    {
      name: 'platform-is-known-to-entries-only',
      comment:
        'What prepares a cluster uses the other engines; none of them asks how the cluster came by its operators.',
      severity: 'error',
      from: {
        path: `${NODE}src/(?!platform/)[^/]+/`,
        pathNot: TESTS,
      },
      to: { path: `${NODE}src/platform/` },
    },
    {
      name: 'monitoring-knows-no-engine-above',
      comment:
        'Which server selects what is asked by plan, wait and verify; it asks none of them.',
      severity: 'error',
      from: { path: `${NODE}src/monitoring/`, pathNot: TESTS },
      to: {
        path: `${NODE}src/(manifests|apply|wait|verify|policy)/`,
      },
    },
    {
      name: 'delivery-is-known-to-entries-only',
      comment:
        'What hands a service over uses the other engines; what applies, waits and verifies does not ask who delivers.',
      severity: 'error',
      from: {
        path: `${NODE}src/(?!delivery/)[^/]+/`,
        pathNot: TESTS,
      },
      to: { path: `${NODE}src/delivery/` },
    },
    {
      name: 'adapters-import-no-engine',
      comment: 'A client does not know what it is used for.',
      severity: 'error',
      from: { path: ADAPTERS, pathNot: TESTS },
      to: { path: ENGINES },
    },
    {
      name: 'ports-know-neither-side',
      comment:
        'Engines and adapters meet in a port; of the rest it knows errors and nouns.',
      severity: 'error',
      from: { path: `${NODE}src/ports/`, pathNot: TESTS },
      to: { path: `${NODE}src/(?!ports/|errors/|model/)` },
    },
    {
      name: 'errors-import-nothing-above',
      comment:
        'Errors are the ground that all else stands on; of the rest they know the vocabulary and the nouns that they carry.',
      severity: 'error',
      from: { path: '/src/errors/', pathNot: TESTS },
      to: {
        path: '^(packages|plugins)/[^/]+/src/(?!errors/|model/)',
        pathNot: COMMON,
      },
    },
    {
      name: 'node-model-is-ground',
      comment: 'Nouns, and how they are put into words; they do nothing.',
      severity: 'error',
      from: { path: `${NODE}src/model/`, pathNot: TESTS },
      to: { path: `${NODE}src/(?!model/)` },
    },

    // Inside the embedded cluster: rooms -> ports, runtime -> model; they meet at the entry.
    {
      name: 'cluster-rooms-meet-in-ports',
      comment:
        'API, controllers, kubelet and the rest know each other by their ports alone; only the objects are made by schema and fields.',
      severity: 'error',
      from: {
        path: `${CLUSTER}src/(?!model/|ports/|runtime/)([^/]+)/`,
        pathNot: [...TESTS, `${CLUSTER}src/(__conformance__|bench)/`],
      },
      to: {
        path: `${CLUSTER}src/([^/]+)/`,
        pathNot: [
          `${CLUSTER}src/$1/`,
          `${CLUSTER}src/(model|ports|runtime)/`,
          `${CLUSTER}src/(schema|fields)/`,
        ],
      },
    },
    {
      name: 'cluster-schemas-serve-the-objects',
      comment: 'Whoever else needs a schema finds it in the ResourceType.',
      severity: 'error',
      from: {
        path: `${CLUSTER}src/(?!objects/|schema/|fields/)[^/]+/`,
        pathNot: [...TESTS, `${CLUSTER}src/(__conformance__|bench)/`],
      },
      to: { path: `${CLUSTER}src/(schema|fields)/` },
    },
    {
      name: 'cluster-ports-are-ground',
      comment: 'Ports, work queue and nouns know none of those who use them.',
      severity: 'error',
      from: { path: `${CLUSTER}src/(model|ports|runtime)/`, pathNot: TESTS },
      to: { path: `${CLUSTER}src/(?!model/|ports/|runtime/)` },
    },

    // Inside the frontend: components -> hooks -> api -> model.
    {
      name: 'frontend-model-is-ground',
      comment: 'The model is pure: no I/O, no React of ours above it.',
      severity: 'error',
      from: { path: `${FRONTEND}src/model/`, pathNot: TESTS },
      to: { path: `${FRONTEND}src/(?!model/)` },
    },
    {
      name: 'frontend-api-knows-no-hooks',
      comment: 'What calls the backend does not know who shows the answer.',
      severity: 'error',
      from: { path: `${FRONTEND}src/api/`, pathNot: TESTS },
      to: { path: `${FRONTEND}src/(hooks|components|card|fields)/` },
    },
    {
      name: 'frontend-hooks-know-no-components',
      comment: 'A hook has a life cycle, not pixels.',
      severity: 'error',
      from: { path: `${FRONTEND}src/hooks/`, pathNot: TESTS },
      to: { path: `${FRONTEND}src/(components|card|fields)/` },
    },
    {
      name: 'entries-are-never-imported',
      comment: 'plugin.tsx and module.ts are where everything meets.',
      severity: 'error',
      from: {
        path: '^(packages|plugins)/([^/]+)/src/.+',
        pathNot: [...TESTS, '/src/(plugin|module|index|alpha)[.]tsx?$'],
      },
      to: { path: '^$1/$2/src/(plugin|module|index)[.]tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(packages|plugins)/[^/]+/(dist|dist-types|coverage)/' },
    // Types carry arrows too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    preserveSymlinks: false,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.jsx', '.json'],
    },
  },
};
