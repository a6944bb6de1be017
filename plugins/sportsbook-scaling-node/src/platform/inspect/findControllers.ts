import {
  computeStatus,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { Readable } from '../../apply/ClusterView';
import { imageName, parseImageReference } from '../imageReference';
import { isOurs } from '../platformMark';
import { Controller, PlatformComponent } from '../PlatformReport';
import { plainVersion } from '../platformVersions';
import { PlatformView } from './PlatformView';

/** What a Deployment is to a component. */
export type ControllerRole =
  | 'prometheusOperator'
  | 'kedaOperator'
  | 'kedaMetrics'
  | 'kedaWebhooks';

/**
 * By the last part of the image's name, which mirrors keep, and which release
 * manifests and charts have in common where their labels differ.
 */
const ROLE_OF_IMAGE: Record<string, ControllerRole> = {
  'prometheus-operator': 'prometheusOperator',
  keda: 'kedaOperator',
  'keda-metrics-apiserver': 'kedaMetrics',
  'keda-admission-webhooks': 'kedaWebhooks',
};

/** For images that are known by a digest alone, such as those of distributions. */
const ROLE_OF_NAME_LABEL: Record<string, ControllerRole> = {
  'prometheus-operator': 'prometheusOperator',
  'keda-operator': 'kedaOperator',
  'keda-operator-metrics-apiserver': 'kedaMetrics',
  'keda-metrics-apiserver': 'kedaMetrics',
  'keda-admission-webhooks': 'kedaWebhooks',
};

const COMPONENT_OF_ROLE: Record<ControllerRole, PlatformComponent> = {
  prometheusOperator: 'prometheusOperator',
  kedaOperator: 'keda',
  kedaMetrics: 'keda',
  kedaWebhooks: 'keda',
};

const deploymentSchema = z.object({
  spec: z.object({
    template: z.object({
      metadata: z.object({ labels: z.record(z.string()).nullish() }).nullish(),
      spec: z.object({
        containers: z.array(
          z.object({
            image: z.string().default(''),
            args: z.array(z.string()).nullish(),
          }),
        ),
      }),
    }),
  }),
});

/** Namespaces of `--namespaces=a,b`; undefined where the flag is not given, which means all. */
function watchedNamespaces(args: string[]): string[] | undefined {
  const flag = args
    .map(arg => /^--?(?:prometheus-instance-)?namespaces=(.+)$/.exec(arg)?.[1])
    .find(value => value !== undefined);
  return flag?.split(',').filter(name => name !== '');
}

function controllerOf(
  object: KubernetesObject,
): { role: ControllerRole; controller: Controller } | undefined {
  const parsed = deploymentSchema.safeParse(object);
  if (!parsed.success) {
    return undefined;
  }
  const { labels = {} } = object.metadata;
  const { containers } = parsed.data.spec.template.spec;
  const byImage = containers.find(
    ({ image }) => ROLE_OF_IMAGE[imageName(image)] !== undefined,
  );
  const role =
    byImage === undefined
      ? ROLE_OF_NAME_LABEL[labels['app.kubernetes.io/name'] ?? '']
      : ROLE_OF_IMAGE[imageName(byImage.image)];
  const container = byImage ?? containers[0];
  if (role === undefined || container === undefined) {
    return undefined;
  }
  const { status, message } = computeStatus(object);
  const watches = watchedNamespaces(container.args ?? []);
  return {
    role,
    controller: {
      namespace: object.metadata.namespace ?? '',
      name: object.metadata.name,
      image: container.image,
      version:
        plainVersion(parseImageReference(container.image).tag) ??
        plainVersion(labels['app.kubernetes.io/version']),
      owner: isOurs(object, COMPONENT_OF_ROLE[role]) ? 'ours' : 'others',
      isAvailable: status === 'current',
      message,
      ...(watches === undefined ? {} : { watches }),
      podLabels: parsed.data.spec.template.metadata?.labels ?? {},
    },
  };
}

/** The Deployments that run operator and KEDA, whoever brought them. */
export async function findControllers(
  view: PlatformView,
): Promise<Readable<Record<ControllerRole, Controller[]>>> {
  const deployments = await view.objects({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
  });
  if (deployments.status === 'unreadable') {
    return deployments;
  }
  const found = deployments.value.flatMap(
    deployment => controllerOf(deployment) ?? [],
  );
  const of = (wanted: ControllerRole) =>
    found.flatMap(({ role, controller }) =>
      role === wanted ? [controller] : [],
    );
  return {
    status: 'read',
    value: {
      prometheusOperator: of('prometheusOperator'),
      kedaOperator: of('kedaOperator'),
      kedaMetrics: of('kedaMetrics'),
      kedaWebhooks: of('kedaWebhooks'),
    },
  };
}
