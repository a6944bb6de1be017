import {
  formatObjectRef,
  groupKindOf,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { objectKey } from '../../model/objectKey';
import { CheckResult, PlanCheck, PlanContext } from '../PlanContext';
import { ResolvedObject } from '../ResolvedObject';

const triggersSchema = z.object({
  spec: z.object({
    triggers: z.array(
      z.object({
        authenticationRef: z
          .object({ name: z.string(), kind: z.string().nullish() })
          .nullish(),
      }),
    ),
  }),
});

function referencesOf({ object, ref }: ResolvedObject): ObjectRef[] {
  const parsed = triggersSchema.safeParse(object);
  return (parsed.success ? parsed.data.spec.triggers : []).flatMap(
    ({ authenticationRef }) =>
      authenticationRef === undefined || authenticationRef === null
        ? []
        : [
            {
              apiVersion: 'keda.sh/v1alpha1',
              kind: authenticationRef.kind ?? 'TriggerAuthentication',
              name: authenticationRef.name,
              ...(authenticationRef.kind !== 'ClusterTriggerAuthentication' && {
                namespace: ref.namespace,
              }),
            },
          ],
  );
}

async function lookUp(
  { view, objects }: PlanContext,
  asking: ResolvedObject,
  wanted: ObjectRef,
): Promise<CheckResult> {
  if (objects.some(({ ref }) => objectKey(ref) === objectKey(wanted))) {
    return { problems: [] };
  }
  const found = await view.get(wanted);
  if (found.status === 'unreadable') {
    return {
      problems: [],
      warnings: [
        `Whether ${formatObjectRef(
          wanted,
        )}, by which KEDA proves itself to Prometheus, exists was not checked: ${
          found.reason
        }`,
      ],
    };
  }
  return {
    problems:
      found.value === undefined
        ? [
            {
              ref: asking.ref,
              source: asking.source,
              message: `a trigger proves itself by ${formatObjectRef(
                wanted,
              )}, which is not there; have it created, with its Secret, before the service`,
            },
          ]
        : [],
  };
}

/** Refuses a ScaledObject whose TriggerAuthentication is neither in the manifests nor on the cluster. */
export const checkTriggerAuthentication: PlanCheck = async context => {
  const results = await Promise.all(
    context.objects
      .filter(({ ref }) => groupKindOf(ref) === 'keda.sh/ScaledObject')
      .flatMap(object =>
        referencesOf(object).map(wanted => lookUp(context, object, wanted)),
      ),
  );
  return {
    problems: results.flatMap(({ problems }) => problems),
    warnings: results.flatMap(({ warnings }) => warnings ?? []),
  };
};
