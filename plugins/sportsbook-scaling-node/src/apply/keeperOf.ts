import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';

const FLUX_LABELS = [
  { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' },
  { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease' },
];
const ARGO_TRACKING = 'argocd.argoproj.io/tracking-id';
const ARGO_INSTANCE = 'argocd.argoproj.io/instance';
const HELM_RELEASE = 'meta.helm.sh/release-name';
const HELM_NAMESPACE = 'meta.helm.sh/release-namespace';
const KAPP_APP = 'kapp.k14s.io/app';

const ownersSchema = z.array(
  z.object({
    kind: z.string(),
    name: z.string(),
    controller: z.boolean().optional(),
  }),
);

function joined(...parts: (string | undefined)[]): string {
  return parts.filter(part => part !== undefined).join('/');
}

/** Which controller of a delivery an object belongs to, such as `Kustomization flux-system/odds`; undefined: none says so. */
export function delivererOf({
  metadata: { labels = {}, annotations = {} },
}: KubernetesObject): string | undefined {
  const flux = FLUX_LABELS.find(
    ({ group }) => labels[`${group}/name`] !== undefined,
  );
  if (flux !== undefined) {
    const { group, kind } = flux;
    return `${kind} ${joined(
      labels[`${group}/namespace`],
      labels[`${group}/name`],
    )}`;
  }
  const application =
    annotations[ARGO_TRACKING]?.split(':')[0] ??
    labels[ARGO_INSTANCE] ??
    annotations[ARGO_INSTANCE];
  return application === undefined ? undefined : `Application ${application}`;
}

/** Who makes an object what it is, and will make it so again; undefined: nobody says so. */
export function keeperOf(object: KubernetesObject): string | undefined {
  const { labels = {}, annotations = {}, ownerReferences } = object.metadata;
  const owners = ownersSchema.safeParse(ownerReferences ?? []);
  const controller = owners.success
    ? owners.data.find(owner => owner.controller === true)
    : undefined;
  if (controller !== undefined) {
    return `${controller.kind} ${controller.name}`;
  }
  const deliverer = delivererOf(object);
  if (deliverer !== undefined) {
    return deliverer;
  }
  if (annotations[HELM_RELEASE] !== undefined) {
    return `Helm release ${joined(
      annotations[HELM_NAMESPACE],
      annotations[HELM_RELEASE],
    )}`;
  }
  return labels[KAPP_APP] === undefined
    ? undefined
    : `kapp's app ${labels[KAPP_APP]}`;
}
