const DEFINITION = 'CustomResourceDefinition';
/** What would change how the cluster itself works. */
const LEFT_OUT = [
  'Namespace',
  'APIService',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
];
/** Refers to a Role of another namespace. */
const FOREIGN_NAMESPACE = 'kube-system';

/**
 * Copies of release manifests that do nothing: definitions in API groups of
 * their own, all else in a namespace of its own, Deployments without pods.
 *
 * @param objects of the release manifests
 * @param own `{namespace, suffix}`; the suffix is added to API groups
 * @returns `{definitions, rest}`: objects; the rest begins with the namespace
 * and ends with objects of the copied kinds
 */
export function copyReleases(objects, { namespace, suffix }) {
  const kept = objects.filter(
    ({ kind, metadata }) =>
      !LEFT_OUT.includes(kind) && metadata.namespace !== FOREIGN_NAMESPACE,
  );
  const definitions = kept
    .filter(({ kind }) => kind === DEFINITION)
    .map(object => copyDefinition(object, suffix));
  const others = kept.filter(({ kind }) => kind !== DEFINITION);
  const renamed = new Set(
    others
      .filter(({ kind }) => kind === 'ClusterRole')
      .map(({ metadata }) => metadata.name),
  );
  return {
    definitions,
    rest: [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      ...others.map(object => copyOther(object, { namespace, renamed })),
      ...samples(definitions, namespace),
    ],
  };
}

function copyDefinition(object, suffix) {
  const group = `${object.spec.group}.${suffix}`;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      name: `${object.spec.names.plural}.${group}`,
    },
    spec: { ...object.spec, group },
  };
}

function copyOther(object, { namespace, renamed }) {
  const isClusterScoped = object.kind.startsWith('Cluster');
  const ownName = name => `${namespace}-${name}`;
  const { namespace: _, ...metadata } = object.metadata;
  return {
    ...object,
    metadata: isClusterScoped
      ? { ...metadata, name: ownName(metadata.name) }
      : { ...metadata, namespace },
    ...(object.subjects && {
      subjects: object.subjects.map(subject => ({
        ...subject,
        ...(subject.namespace !== undefined && { namespace }),
      })),
    }),
    ...(object.roleRef && {
      roleRef: {
        ...object.roleRef,
        name: renamed.has(object.roleRef.name)
          ? ownName(object.roleRef.name)
          : object.roleRef.name,
      },
    }),
    ...(object.kind === 'Deployment' && {
      spec: { ...object.spec, replicas: 0 },
    }),
  };
}

const SAMPLES = {
  Prometheus: { replicas: 1, serviceMonitorSelector: {} },
  ServiceMonitor: {
    selector: { matchLabels: { app: 'bench' } },
    endpoints: [{ port: 'metrics', interval: '5s' }],
  },
  ScaledObject: {
    scaleTargetRef: { name: 'bench' },
    minReplicaCount: 2,
    maxReplicaCount: 10,
    triggers: [
      {
        type: 'prometheus',
        metadata: {
          serverAddress: 'http://prometheus.bench.svc:9090',
          query: 'sum(rate(http_requests_total[1m]))',
          threshold: '100',
        },
      },
    ],
  },
};

/** What a service adds, of those kinds that there are. */
function samples(definitions, namespace) {
  return definitions.flatMap(({ spec }) => {
    const sample = SAMPLES[spec.names.kind];
    const version = spec.versions.find(({ served }) => served)?.name;
    return sample === undefined
      ? []
      : [
          {
            apiVersion: `${spec.group}/${version}`,
            kind: spec.names.kind,
            metadata: { name: 'bench', namespace },
            spec: sample,
          },
        ];
  });
}
