import type { ResourceType, Subresource } from '../model/ResourceType';
import { OpenApiSchema } from './OpenApiSchema';
import { recordedTypes, type RecordedResource } from './recordedTypes';

const SUBRESOURCES: readonly Subresource[] = [
  'status',
  'scale',
  'log',
  'proxy',
  'token',
  'finalize',
  'eviction',
  'binding',
  'exec',
  'attach',
  'portforward',
];

/** Kinds that can be listed, as on any cluster, but that nothing here would act on. */
const NOT_RUN: Readonly<Record<string, string>> = {
  CronJob: 'runs no CronJobs: create a Job when it is due',
  DaemonSet:
    'runs no DaemonSets: it has one node, so a Deployment of one replica does the same',
  Ingress:
    'has no ingress controller: use a Service of type NodePort, which listens on 127.0.0.1',
  LimitRange:
    'enforces no LimitRanges: state resources in the pod template itself',
  MutatingWebhookConfiguration:
    'calls no admission webhooks: try them on a real cluster',
  PersistentVolumeClaim:
    'has no persistent volumes: use an emptyDir, a ConfigMap or a Secret',
  ReplicationController:
    'runs no ReplicationControllers: use a Deployment, which replaced them',
  ResourceQuota:
    'enforces no ResourceQuotas: bound the replicas through maxReplicas',
  StatefulSet:
    'runs no StatefulSets: use a Deployment, or a real cluster where each pod needs a volume of its own',
  ValidatingWebhookConfiguration:
    'calls no admission webhooks: try them on a real cluster',
};

/** Of the four kinds that have it. A Scale's selector is that of the spec, written as a string. */
const SCALE: ResourceType['scale'] = {
  specReplicasPath: '.spec.replicas',
  statusReplicasPath: '.status.replicas',
  labelSelectorPath: '.spec.selector',
};

let types: { stored: ResourceType[]; virtual: ResourceType[] } | undefined;

/**
 * The kinds that every cluster has, as far as the embedded one serves them,
 * with names, verbs and schema as recorded from a real one. Kinds that are
 * stored nowhere are in `reviewTypes`. The same objects at each call.
 *
 * @remarks The schemas' `default` is as published: for fields that Go cannot
 * leave out it is the zero value (`{}`, `""`, `0`), not something that the
 * server would fill in.
 */
export function builtInTypes(): ResourceType[] {
  return load().stored;
}

/** The access and token reviews: kinds that can be created but are stored nowhere. */
export function reviewTypes(): ResourceType[] {
  return load().virtual;
}

function load(): { stored: ResourceType[]; virtual: ResourceType[] } {
  if (!types) {
    const { resources, schemas } = recordedTypes();
    const all = resources.map(resource =>
      toType(resource, name => schemas[name]),
    );
    types = {
      stored: all.filter(({ verbs }) => verbs.includes('get')),
      virtual: all.filter(({ verbs }) => !verbs.includes('get')),
    };
  }
  return types;
}

function toType(
  resource: RecordedResource,
  find: ConstructorParameters<typeof OpenApiSchema>[1],
): ResourceType {
  const { definition, subresources, ...names } = resource;
  const notRun = NOT_RUN[resource.kind];
  return {
    ...names,
    listKind: `${resource.kind}List`,
    subresources: SUBRESOURCES.filter(name => subresources.includes(name)),
    schema: new OpenApiSchema(
      { $ref: `#/components/schemas/${definition}` },
      find,
    ),
    custom: false,
    ...(subresources.includes('scale') ? { scale: SCALE } : {}),
    ...(notRun === undefined ? {} : { notRun }),
  };
}
