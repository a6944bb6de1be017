import assert from 'node:assert/strict';
import {
  groupKindOf,
  PLATFORM_TEMPLATE_REF,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { PLATFORM_CLUSTER_KINDS } from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod';
import { E2eOptions, PLATFORM_MANIFESTS } from '../options';
import type { PlatformAdditions, PlatformRun } from './PlatformPart';

/** Where the template puts the Prometheus operator. */
export const OPERATOR_NAMESPACE = 'prometheus-operator';

const [OPERATOR, KEDA] = PLATFORM_MANIFESTS;

/** The rights of the page how-to/prepare-a-cluster, and no more. */
function rulesFor(cluster: string): object[] {
  const rule = {
    users: ['user:default/guest'],
    templates: [PLATFORM_TEMPLATE_REF],
    clusters: [cluster],
  };
  return [
    // Operators may run anywhere: it looks into all namespaces, and writes none.
    {
      ...rule,
      namespaces: ['*'],
      kinds: ['monitoring.coreos.com/Prometheus'],
    },
    {
      ...rule,
      namespaces: [OPERATOR_NAMESPACE, 'keda', 'kube-system'],
      kinds: [
        '/Service',
        '/ServiceAccount',
        'apps/Deployment',
        'rbac.authorization.k8s.io/Role',
        'rbac.authorization.k8s.io/RoleBinding',
      ],
      clusterScopedKinds: PLATFORM_CLUSTER_KINDS.map(groupKindOf),
    },
  ];
}

/** What Backstage needs for the template that prepares a cluster. */
export function platformTemplate({
  cluster,
  releasesUrl,
}: E2eOptions): PlatformAdditions {
  return {
    templates: ['templates/scaling-platform/template.yaml'],
    rules: rulesFor(cluster),
    ...(releasesUrl === undefined
      ? {}
      : {
          config: {
            sportsbookScaling: {
              platform: {
                releases: {
                  prometheusOperator: {
                    url: `${releasesUrl}/${OPERATOR.file}`,
                  },
                  keda: { url: `${releasesUrl}/${KEDA.file}` },
                },
              },
            },
          },
        }),
  };
}

const outputSchema = z.object({
  isReady: z.boolean().optional(),
  decisions: z
    .array(z.object({ component: z.string(), verdict: z.string() }))
    .optional(),
  changeSet: z.array(
    z.object({
      action: z.string(),
      ref: z.object({ kind: z.string(), name: z.string() }),
    }),
  ),
});

/** Runs the template to its end, and expects success. */
export async function runPlatformTemplate(
  { backstage, options }: PlatformRun,
  values: object,
): Promise<z.infer<typeof outputSchema> & { log: string }> {
  const { output, log } = await backstage.runTask(
    PLATFORM_TEMPLATE_REF,
    { cluster: options.cluster, ...values },
    { withinSeconds: 240 },
  );
  return { ...outputSchema.parse(output), log };
}

/** The log of a run that has to fail. */
export async function failPlatformTemplate(
  { backstage, options }: PlatformRun,
  values: object,
): Promise<string> {
  const { status, log } = await backstage.finishTask(
    await backstage.startTask(PLATFORM_TEMPLATE_REF, {
      cluster: options.cluster,
      ...values,
    }),
    { withinSeconds: 60 },
  );
  assert.equal(status, 'failed', log);
  return log;
}
