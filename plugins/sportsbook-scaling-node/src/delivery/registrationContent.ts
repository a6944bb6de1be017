import {
  formatObjectRef,
  groupKindOf,
  KubernetesObject,
  ObjectRef,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { GitOpsDelivery } from '../policy/deliverySettings';
import { APPLICATION } from './argoRegistration';
import { publishedGitUrl } from './clusterGitUrl';
import { DeliveredService } from './DeliveredService';
import { GIT_REPOSITORY, KUSTOMIZATION } from './fluxRegistration';
import { registrationRefs } from './registrationOf';

const sourceSchema = z.object({ spec: z.object({ url: z.string() }) });

const kustomizationSchema = z.object({
  spec: z.object({
    targetNamespace: z.string().optional(),
    prune: z.boolean().optional(),
    deletionPolicy: z.string().optional(),
  }),
});

const applicationSchema = z.object({
  spec: z.object({
    source: z.object({ repoURL: z.string() }),
    destination: z.object({ namespace: z.string().optional() }),
  }),
});

/** With any of its propagation policies, Argo CD takes its objects along. */
const CASCADE = /^resources-finalizer\.argocd\.argoproj\.io(\/|$)/;

/** What objects that may register a service say. */
export interface RegistrationContent {
  /** Why they are not the registration of this service; undefined: they are. */
  foreign?: string;
  /** Why the service's objects would outlive it; undefined: they go with it. */
  keeps?: string;
}

interface Wanted {
  delivery: GitOpsDelivery;
  service: Pick<DeliveredService, 'name' | 'namespace'>;
  /** Whether an address, as it was published, is that of the service's repository. */
  isRepository: (url: string) => boolean;
}

const keyOf = (ref: ObjectRef) =>
  JSON.stringify([groupKindOf(ref), ref.namespace, ref.name]);

/**
 * Whether objects, read from a file or a cluster, register a service, and
 * nothing else: whoever takes them away must not take another service's.
 *
 * @remarks
 * Settings that do not say which service is meant, such as an interval, may
 * have changed since it was registered.
 */
export function registrationContent(
  objects: KubernetesObject[],
  wanted: Wanted,
): RegistrationContent {
  const refs = new Set(
    registrationRefs(wanted.delivery, wanted.service).map(keyOf),
  );
  if (objects.length === 0) {
    return { foreign: 'it holds no object' };
  }
  const other = objects.map(objectRefOf).find(ref => !refs.has(keyOf(ref)));
  if (other !== undefined) {
    return { foreign: `it holds ${formatObjectRef(other)}` };
  }
  const contents = objects.map(object => contentOf(object, wanted));
  return {
    foreign: contents.find(({ foreign }) => foreign !== undefined)?.foreign,
    keeps: contents.find(({ keeps }) => keeps !== undefined)?.keeps,
  };
}

function contentOf(
  object: KubernetesObject,
  wanted: Wanted,
): RegistrationContent {
  switch (groupKindOf(object)) {
    case groupKindOf(GIT_REPOSITORY): {
      const parsed = sourceSchema.safeParse(object);
      return parsed.success
        ? repositoryContent(parsed.data.spec.url, wanted)
        : { foreign: 'its GitRepository names no url' };
    }
    case groupKindOf(KUSTOMIZATION): {
      const parsed = kustomizationSchema.safeParse(object);
      return parsed.success
        ? kustomizationContent(parsed.data.spec, wanted)
        : { foreign: 'its Kustomization cannot be read' };
    }
    case groupKindOf(APPLICATION): {
      const parsed = applicationSchema.safeParse(object);
      if (!parsed.success) {
        return { foreign: 'its Application names no source' };
      }
      const { source, destination } = parsed.data.spec;
      return {
        foreign:
          repositoryContent(source.repoURL, wanted).foreign ??
          namespaceContent(destination.namespace, wanted),
        keeps: (object.metadata.finalizers ?? []).some(name =>
          CASCADE.test(name),
        )
          ? undefined
          : "its Application lacks the finalizer 'resources-finalizer.argocd.argoproj.io'",
      };
    }
    default:
      return { foreign: `it holds a ${object.kind}` };
  }
}

function kustomizationContent(
  spec: z.output<typeof kustomizationSchema>['spec'],
  wanted: Wanted,
): RegistrationContent {
  const orphans = spec.deletionPolicy === 'Orphan';
  return {
    foreign: namespaceContent(spec.targetNamespace, wanted),
    keeps:
      spec.prune === true && !orphans
        ? undefined
        : `its Kustomization has ${
            orphans ? 'deletionPolicy: Orphan' : 'no prune: true'
          }`,
  };
}

function namespaceContent(
  namespace: string | undefined,
  { service }: Wanted,
): string | undefined {
  return namespace === service.namespace
    ? undefined
    : `it delivers to namespace '${namespace ?? ''}'`;
}

function repositoryContent(
  url: string,
  { delivery, isRepository }: Wanted,
): RegistrationContent {
  return isRepository(publishedGitUrl(url, delivery.gitBaseUrl))
    ? {}
    : { foreign: `it delivers ${url}` };
}
