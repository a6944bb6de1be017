import {
  groupKindOf,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { ApiCatalog, ApiResource } from '../ports/KubernetesClient';
import { SourcedObject } from '../model/SourcedObject';
import { ResolvedObject } from './ResolvedObject';
import { stageOf } from './stages';

const definitionSchema = z.object({
  spec: z.object({
    group: z.string(),
    scope: z.enum(['Namespaced', 'Cluster']),
    names: z.object({ plural: z.string(), kind: z.string() }),
    versions: z.array(
      z.object({ name: z.string(), served: z.boolean().default(true) }),
    ),
  }),
});

/** What a CustomResourceDefinition will make the server serve; empty for what is none. */
export function resourcesOfDefinition(object: KubernetesObject): ApiResource[] {
  if (groupKindOf(object) !== 'apiextensions.k8s.io/CustomResourceDefinition') {
    return [];
  }
  const parsed = definitionSchema.safeParse(object);
  if (!parsed.success) {
    return [];
  }
  const { group, scope, names, versions } = parsed.data.spec;
  return versions
    .filter(version => version.served)
    .map(version => ({
      apiVersion: `${group}/${version.name}`,
      kind: names.kind,
      plural: names.plural,
      namespaced: scope === 'Namespaced',
      verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'],
    }));
}

/**
 * Looks each object's kind up and gives namespaced objects that name none the
 * `namespace`; cluster-scoped ones lose theirs, as with kubectl.
 */
export function resolveObjects(options: {
  manifests: SourcedObject[];
  catalog: ApiCatalog;
  namespace: string;
  /** What makes the namespace itself. Default: nothing. */
  ofPlatform?: SourcedObject[];
}): ResolvedObject[] {
  const { catalog, namespace, ofPlatform = [] } = options;
  const manifests = [...ofPlatform, ...options.manifests];
  const defined = manifests.flatMap(({ object }) =>
    resourcesOfDefinition(object),
  );
  return manifests.map(({ object, source }, index) => {
    const { apiVersion, kind } = object;
    const served = catalog.find(apiVersion, kind);
    const resource =
      served ??
      defined.find(
        candidate =>
          candidate.apiVersion === apiVersion && candidate.kind === kind,
      );
    const { namespace: written, ...metadata } = object.metadata;
    const placed: KubernetesObject = {
      ...object,
      metadata:
        resource?.namespaced === false
          ? metadata
          : { ...metadata, namespace: written ?? namespace },
    };
    return {
      object: placed,
      source,
      ref: objectRefOf(placed),
      resource,
      awaitsDefinition: served === undefined && resource !== undefined,
      isOfPlatform: index < ofPlatform.length,
      stage: stageOf(object),
    };
  });
}
