import {
  formatObjectRef,
  groupKindOf,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod/v3';
import { AdmissionDeniedError } from '../errors/AdmissionDeniedError';
import { ClusterForbiddenError } from '../errors/ClusterForbiddenError';
import { ImmutableFieldError } from '../errors/ImmutableFieldError';
import { KubernetesApiError } from '../errors/KubernetesApiError';
import { apiGroupOf } from '../model/objectKey';
import { KubernetesClient } from '../ports/KubernetesClient';
import { describeImmutableFields, ImmutableField } from './immutableFields';
import { ResolvedObject } from './ResolvedObject';
import { isBuiltIn } from './stages';
import { recreateChoice, WriteChoices } from './WriteChoices';

/** Groups whose objects only say what is to be done, so that nothing is lost with them. */
const STATELESS_GROUPS = ['keda.sh', 'kustomize.toolkit.fluxcd.io'];
const STATELESS_KINDS = [
  'ServiceMonitor',
  'PodMonitor',
  'Probe',
  'ScrapeConfig',
  'PrometheusRule',
];

const claimsGoSchema = z.object({
  spec: z.object({
    persistentVolumeClaimRetentionPolicy: z.object({
      whenDeleted: z.literal('Delete'),
    }),
  }),
});

/** What goes with an object beyond what its manifest brings again; `never`: too much. */
function lossOf(
  live: KubernetesObject,
): { never: boolean; what: string } | undefined {
  const groupKind = groupKindOf(live);
  switch (groupKind) {
    case '/Namespace':
      return { never: true, what: 'everything in it would go with it' };
    case 'apiextensions.k8s.io/CustomResourceDefinition':
      return { never: true, what: 'every object of the kind would go with it' };
    case '/PersistentVolumeClaim':
    case '/PersistentVolume':
      return { never: false, what: 'what is stored in it may go with it' };
    case 'apps/StatefulSet':
      return claimsGoSchema.safeParse(live).success
        ? { never: false, what: 'its volume claims go with it' }
        : undefined;
    default:
      return isBuiltIn(live.apiVersion) ||
        STATELESS_GROUPS.includes(apiGroupOf(live.apiVersion)) ||
        STATELESS_KINDS.includes(live.kind)
        ? undefined
        : { never: false, what: 'what its operator keeps for it may go too' };
  }
}

/** That another object of the set's own holds something is no fault of the manifest. */
const ONLY_WHILE_THE_OLD_ONE_IS_THERE =
  /already allocated|already (managed|exists)|in use/;

/** Names of some kinds mean something, so that no other will do. */
function isAboutTheName(error: unknown): boolean {
  return (
    error instanceof ClusterForbiddenError ||
    error instanceof AdmissionDeniedError ||
    (error instanceof KubernetesApiError &&
      (ONLY_WHILE_THE_OLD_ONE_IS_THERE.test(error.message) ||
        error.causes.some(({ field }) => field === 'metadata.name')))
  );
}

/**
 * Lets the server try to create the object under a name that is free, before
 * the present one is deleted for it.
 */
async function assertCreatable(options: {
  client: KubernetesClient;
  object: ResolvedObject;
  signal?: AbortSignal;
}): Promise<void> {
  const { client, object, signal } = options;
  const { metadata, ...rest } = object.object;
  const name = `${metadata.name.slice(0, 50)}-${randomUUID().slice(0, 8)}`;
  try {
    await client.apply(
      { ...rest, metadata: { ...metadata, name } } as KubernetesObject,
      { dryRun: true, signal },
    );
  } catch (error) {
    if (!isAboutTheName(error)) {
      throw error;
    }
  }
}

/**
 * Whether an object that has a field that cannot change may be deleted and
 * created anew, and whether that would work.
 *
 * @throws ImmutableFieldError naming the fields, where it was not asked for or would lose data
 * @throws ClusterForbiddenError where the account may not delete it
 * @throws what the server says about the new object where it would refuse it
 */
export async function planRecreation(options: {
  client: KubernetesClient;
  object: ResolvedObject;
  live: KubernetesObject;
  fields: ImmutableField[];
  choices: WriteChoices;
  cause: unknown;
  signal?: AbortSignal;
}): Promise<void> {
  const { client, object, live, fields, choices, cause, signal } = options;
  const { ref, resource } = object;
  const refuse = (nextStep: string): never => {
    throw new ImmutableFieldError(
      `${describeImmutableFields(fields)}. ${nextStep}`,
      fields.map(({ field }) => field),
      cause,
    );
  };
  const loss = lossOf(live);
  const { mayRecreate, losingData } = recreateChoice(choices, ref);
  if (loss?.never) {
    refuse(
      `Leave it as it is: a ${ref.kind} is never made anew, because ${loss.what}.`,
    );
  }
  if (!mayRecreate) {
    refuse(
      `Leave it as it is, or name the object in recreate to have it deleted and created anew${
        loss === undefined ? '' : `, with losingData, because ${loss.what}`
      }.`,
    );
  }
  if (loss !== undefined && !losingData) {
    refuse(
      `To delete it and create it anew, say losingData for it: ${loss.what}.`,
    );
  }
  const { allowed } = await client.can(
    {
      verb: 'delete',
      group: apiGroupOf(ref.apiVersion),
      resource: resource?.plural ?? '',
      namespace: ref.namespace,
      name: ref.name,
    },
    { signal },
  );
  if (!allowed) {
    throw new ClusterForbiddenError(
      `${describeImmutableFields(
        fields,
      )}, and to make it anew takes the right to delete ${formatObjectRef(
        ref,
      )}, which Backstage's account on cluster '${
        client.cluster
      }' lacks. Grant it, or leave the field as it is.`,
    );
  }
  await assertCreatable({ client, object, signal });
}
