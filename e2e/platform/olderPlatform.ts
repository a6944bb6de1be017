import {
  FIELD_MANAGER,
  groupKindOf,
  type KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  deleteObjects,
  findInstalled,
  type KubernetesClient,
  platformManifests,
  waitForObjects,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { PLATFORM_MANIFESTS } from '../options';
import { releaseText } from './operatorReleases';
import type { PlatformGround } from './PlatformPart';
import { OPERATOR_NAMESPACE } from './platformTemplate';
import { addTag, missingImages, type TaggedImage } from './registryTags';
import {
  ADMINISTRATOR,
  applyReleaseOperators,
  releaseObjects,
} from './releaseOperators';

const [OPERATOR, KEDA] = PLATFORM_MANIFESTS;
const DEFINITION = 'apiextensions.k8s.io/CustomResourceDefinition';

/** Today's versions, and versions before them that upstream never gave to anything. */
const VERSIONS = {
  prometheusOperator: { now: '0.93.0', before: '0.92.99' },
  keda: { now: '2.20.2', before: '2.19.99' },
};

/** An object that today's release of KEDA has no more. */
export const LEFT_BEHIND = 'only-in-the-older-release';

const IMAGES: { image: TaggedImage; older: string }[] = [
  ...['prometheus-operator', 'prometheus-config-reloader'].map(name => ({
    image: {
      repository: `prometheus-operator/${name}`,
      tag: `v${VERSIONS.prometheusOperator.now}`,
    },
    older: `v${VERSIONS.prometheusOperator.before}`,
  })),
  ...['keda', 'keda-metrics-apiserver', 'keda-admission-webhooks'].map(
    name => ({
      image: { repository: `kedacore/${name}`, tag: VERSIONS.keda.now },
      older: VERSIONS.keda.before,
    }),
  ),
];

/** Images that an older platform is made of and the run's registry lacks. */
export async function imagesAwaited({
  options: { brought },
}: PlatformGround): Promise<string[]> {
  return missingImages(
    { host: brought.registry, insecure: brought.registryInsecure },
    IMAGES.map(({ image }) => image),
  );
}

/** Gives up what a manager owns, so that whoever applied the same is alone with it. */
async function giveUp(
  client: KubernetesClient,
  { apiVersion, kind, metadata: { name, namespace } }: KubernetesObject,
  fieldManager: string,
): Promise<void> {
  await client.apply(
    { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } },
    { fieldManager, force: true },
  );
}

async function releaseBefore({ options }: PlatformGround) {
  const [operator, keda] = await Promise.all([
    releaseText(OPERATOR, options),
    releaseText(KEDA, options),
  ]);
  const { prometheusOperator: ofOperator, keda: ofKeda } = VERSIONS;
  return {
    prometheusOperator: {
      path: OPERATOR.file,
      text: operator.replaceAll(ofOperator.now, ofOperator.before),
    },
    keda: {
      path: KEDA.file,
      text: `${keda.replaceAll(ofKeda.now, ofKeda.before)}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${LEFT_BEHIND}
  namespace: ${KEDA.namespace}
`,
    },
  };
}

/**
 * Makes the operators of the cluster into ones that `platform:install` has
 * installed, from releases that are older than the configured ones. Definitions
 * stay, and with them all that people have.
 *
 * @remarks
 * The older releases are today's under an older version: every image has a
 * second tag and every pod template another image, so that each Deployment,
 * and through the config reloader each Prometheus, is rolled out by the upgrade.
 */
export async function installOlderPlatform(
  ground: PlatformGround,
): Promise<void> {
  const { cluster, options } = ground;
  const { registry, registryInsecure } = options.brought;
  for (const { image, older } of IMAGES) {
    await addTag({ host: registry, insecure: registryInsecure }, image, older);
  }
  const older = platformManifests({
    decisions: (['prometheusOperator', 'keda'] as const).map(component => ({
      component,
      verdict: 'install',
      reason: 'it has to be upgraded',
      to: VERSIONS[component].before,
    })),
    releases: await releaseBefore(ground),
    choices: {
      operator: { namespace: OPERATOR_NAMESPACE, scope: 'cluster' },
      definitions: 'needed',
      imageRegistry: registry,
    },
  }).map(({ object }) => object);
  await deleteObjects({
    client: cluster,
    objects: (
      await releaseObjects(options)
    )
      .filter(({ namespace }) => namespace === OPERATOR.namespace)
      .flatMap(({ namespace, manifests }) =>
        manifests
          .filter(({ object }) => groupKindOf(object) !== DEFINITION)
          .map(({ object }) => ({
            ref: { namespace, ...objectRefOf(object) },
          })),
      ),
    evenForeign: true,
  });
  for (const object of older) {
    await cluster.apply(object, { force: true });
    await giveUp(cluster, object, ADMINISTRATOR);
  }
  await deploymentsRun(cluster, older);
}

/** Gives the operators back to the administrator, as the release manifests have them. */
export async function restorePlatform({
  cluster,
  options,
}: PlatformGround): Promise<void> {
  const ours = await findInstalled({ client: cluster, reach: 'cluster' });
  if (ours.length === 0) {
    return;
  }
  const isShared = ({ component, object }: (typeof ours)[number]) =>
    component === 'keda' || groupKindOf(object) === DEFINITION;
  await deleteObjects({
    client: cluster,
    objects: ours
      .filter(
        installed =>
          !isShared(installed) ||
          installed.object.metadata.name === LEFT_BEHIND,
      )
      .map(({ object }) => ({ ref: objectRefOf(object) })),
    withContents: true,
  });
  await applyReleaseOperators(cluster, options);
  for (const { object } of ours.filter(isShared)) {
    if (object.metadata.name !== LEFT_BEHIND) {
      await giveUp(cluster, object, FIELD_MANAGER);
    }
  }
  await deploymentsRun(
    cluster,
    (
      await releaseObjects(options)
    ).flatMap(({ namespace, manifests }) =>
      manifests.map(({ object }) => ({
        ...object,
        metadata: { namespace, ...object.metadata },
      })),
    ),
  );
}

async function deploymentsRun(
  client: KubernetesClient,
  objects: KubernetesObject[],
): Promise<void> {
  await waitForObjects({
    client,
    objects: objects
      .filter(object => groupKindOf(object) === 'apps/Deployment')
      .map(objectRefOf),
    timeoutSeconds: 120,
  });
}
