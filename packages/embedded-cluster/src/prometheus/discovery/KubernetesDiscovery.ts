import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { z } from 'zod';
import type { UserInfo } from '../../model/UserInfo';
import type { Authorizer } from '../../ports/Authorizer';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type {
  KubernetesRole,
  KubernetesSdConfig,
} from '../config/scrapeConfigSchema';
import {
  endpointSliceSchema,
  podSchema,
  serviceSchema,
  type DiscoveredObjects,
} from './discoveredObjects';
import { kubernetesTargets } from './kubernetesTargets';
import type { TargetLabels } from './metaLabels';

interface WatchedKind {
  group: string;
  apiVersion: string;
  kind: string;
  plural: string;
}

const PODS: WatchedKind = {
  group: '',
  apiVersion: 'v1',
  kind: 'Pod',
  plural: 'pods',
};
const SERVICES: WatchedKind = {
  group: '',
  apiVersion: 'v1',
  kind: 'Service',
  plural: 'services',
};
const SLICES: WatchedKind = {
  group: 'discovery.k8s.io',
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
};
/** Rights on it are asked for where the configuration names it, though its objects are made of slices. */
const ENDPOINTS: WatchedKind = {
  group: '',
  apiVersion: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
};

/** What a role reads; it needs the right to list and watch all of it. */
const NEEDED: Readonly<Record<KubernetesRole, readonly WatchedKind[]>> = {
  endpointslice: [SLICES, SERVICES, PODS],
  endpoints: [ENDPOINTS, SERVICES, PODS],
  pod: [PODS],
  service: [SERVICES],
};

export interface DiscoveryOptions {
  objects: ClusterObjects;
  authorizer: Authorizer;
  /** The pod's ServiceAccount. */
  user: UserInfo;
  ownNamespace: string;
}

/** What discovery found, and what it was not allowed to look at. */
export interface Discovered {
  targets: TargetLabels[];
  /** One sentence for each list that was refused, as the API server says it. */
  forbidden: string[];
}

/** Finds targets among the cluster's objects, with the rights of Prometheus' ServiceAccount. */
export class KubernetesDiscovery {
  readonly #options: DiscoveryOptions;

  constructor(options: DiscoveryOptions) {
    this.#options = options;
  }

  discover({ role, namespaces }: KubernetesSdConfig): Discovered {
    const discovered: Discovered = { targets: [], forbidden: [] };
    for (const namespace of this.#namespacesOf(namespaces)) {
      const forbidden = NEEDED[role].flatMap(kind =>
        this.#refusals(kind, namespace),
      );
      discovered.forbidden.push(...forbidden);
      if (forbidden.length === 0) {
        discovered.targets.push(
          ...kubernetesTargets(role, this.#read(role, namespace)),
        );
      }
    }
    return discovered;
  }

  /** Calls back when something that discovery reads has changed. @returns what ends it */
  watch(onChange: () => void): () => void {
    const ends = [PODS, SERVICES, SLICES].map(({ apiVersion, kind }) => {
      const type = this.#options.objects.typeOf(apiVersion, kind);
      return type
        ? this.#options.objects.watch(
            type,
            { resourceVersion: this.#options.objects.resourceVersion() },
            onChange,
          )
        : () => {};
    });
    return () => ends.forEach(end => end());
  }

  /** Undefined stands for the whole cluster. */
  #namespacesOf({
    names,
    own_namespace: own,
  }: KubernetesSdConfig['namespaces']): (string | undefined)[] {
    const all = own ? [...names, this.#options.ownNamespace] : names;
    return all.length === 0 ? [undefined] : [...new Set(all)];
  }

  #refusals(
    { group, kind, plural, apiVersion }: WatchedKind,
    namespace: string | undefined,
  ): string[] {
    const { authorizer, user } = this.#options;
    const refused = ['list', 'watch'].find(
      verb =>
        !authorizer.authorize({
          user,
          verb,
          group,
          resource: plural,
          ...(namespace === undefined ? {} : { namespace }),
        }).allowed,
    );
    if (refused === undefined) {
      return [];
    }
    const version = apiVersion.split('/').at(-1);
    const where =
      namespace === undefined
        ? 'at the cluster scope'
        : `in the namespace "${namespace}"`;
    const resource = group === '' ? plural : `${plural}.${group}`;
    return [
      `failed to ${refused} *${version}.${kind}: ${resource} is forbidden: User "${user.username}" cannot ${refused} resource "${plural}" in API group "${group}" ${where}`,
    ];
  }

  #read(
    role: KubernetesRole,
    namespace: string | undefined,
  ): DiscoveredObjects {
    const needsSlices = role === 'endpointslice' || role === 'endpoints';
    return {
      pods: role === 'service' ? [] : this.#list(PODS, namespace, podSchema),
      services:
        role === 'pod' ? [] : this.#list(SERVICES, namespace, serviceSchema),
      endpointSlices: needsSlices
        ? this.#list(SLICES, namespace, endpointSliceSchema)
        : [],
    };
  }

  #list<T extends z.ZodType>(
    { apiVersion, kind }: WatchedKind,
    namespace: string | undefined,
    schema: T,
  ): z.output<T>[] {
    const type = this.#options.objects.typeOf(apiVersion, kind);
    const items: readonly KubernetesObject[] = type
      ? this.#options.objects.list(
          type,
          namespace === undefined ? {} : { namespace },
        ).items
      : [];
    return items.map(item => schema.parse(item));
  }
}
