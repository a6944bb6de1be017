import {
  groupKindOf,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { PrometheusAddressError } from '../../errors/PrometheusAddressError';
import { parsePrometheusAddress } from '../../ports/prometheusAddress';
import {
  PrometheusLimits,
  prometheusRefusal,
} from '../../ports/prometheusLimits';
import { PlanCheck } from '../PlanContext';
import { promqlSyntaxError } from './promqlSyntaxError';

const triggersSchema = z.object({
  spec: z.object({
    triggers: z.array(
      z.object({
        type: z.string(),
        metadata: z.record(z.unknown()).default({}),
      }),
    ),
  }),
});

function describeQuery(query: unknown): string | undefined {
  if (typeof query !== 'string' || query.trim() === '') {
    return 'it has no query; add metadata.query';
  }
  const error = promqlSyntaxError(query);
  if (error === undefined) {
    return undefined;
  }
  return `its query is no PromQL: ${
    error.rest === ''
      ? 'it ends too early'
      : `error at character ${error.character}, before ${JSON.stringify(
          error.rest.slice(0, 30),
        )}`
  }; correct metadata.query`;
}

function describeThreshold(threshold: unknown): string | undefined {
  if (threshold === undefined) {
    return 'it has no threshold; add metadata.threshold';
  }
  if (typeof threshold === 'number') {
    return `its threshold ${threshold} is a number, where KEDA wants text; put it in quotes`;
  }
  if (
    typeof threshold !== 'string' ||
    threshold.trim() === '' ||
    !(Number(threshold) > 0) ||
    !Number.isFinite(Number(threshold))
  ) {
    return `its threshold ${JSON.stringify(
      threshold,
    )} is no positive number; correct metadata.threshold`;
  }
  return undefined;
}

function describeServerAddress(
  address: unknown,
  limits:
    | (PrometheusLimits & { cluster: string; namespace: string })
    | undefined,
): string | undefined {
  if (typeof address !== 'string' || address === '') {
    return 'it has no serverAddress; add metadata.serverAddress';
  }
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
    return `its serverAddress ${JSON.stringify(
      address,
    )} is no http or https URL; correct metadata.serverAddress`;
  }
  if (limits === undefined) {
    return undefined;
  }
  try {
    const refusal = prometheusRefusal(parsePrometheusAddress(address), limits);
    return refusal === undefined
      ? undefined
      : `its serverAddress cannot be used: ${refusal}`;
  } catch (error) {
    if (error instanceof PrometheusAddressError) {
      return `its serverAddress cannot be used: ${error.message}; correct metadata.serverAddress`;
    }
    throw error;
  }
}

/** What is wrong with the prometheus triggers of a ScaledObject or ScaledJob. */
function describePrometheusTriggers(
  object: KubernetesObject,
  prometheus: (PrometheusLimits & { cluster: string }) | undefined,
): string[] {
  const limits = prometheus && {
    ...prometheus,
    namespace: object.metadata.namespace ?? '',
  };
  const parsed = triggersSchema.safeParse(object);
  // A spec of another shape is refused by the server's own schema.
  if (!parsed.success) {
    return [];
  }
  return parsed.data.spec.triggers.flatMap(({ type, metadata }, index) =>
    type !== 'prometheus'
      ? []
      : [
          describeQuery(metadata.query),
          describeThreshold(metadata.threshold),
          describeServerAddress(metadata.serverAddress, limits),
        ]
          .filter(problem => problem !== undefined)
          .map(problem => `trigger ${index + 1} (prometheus): ${problem}`),
  );
}

/** Refuses prometheus triggers that KEDA's webhook accepts, and that can never work or may not be asked. */
export const checkPrometheusTriggers: PlanCheck = async ({
  client: { cluster },
  objects,
  prometheus,
}) => {
  const wrong = objects
    .filter(({ ref }) =>
      ['keda.sh/ScaledObject', 'keda.sh/ScaledJob'].includes(groupKindOf(ref)),
    )
    .map(object => ({
      object,
      messages: describePrometheusTriggers(
        object.object,
        prometheus && { ...prometheus, cluster },
      ),
    }))
    .filter(({ messages }) => messages.length > 0);
  return {
    covered: wrong.map(({ object }) => object),
    problems: wrong.flatMap(({ object: { ref, source }, messages }) =>
      messages.map(message => ({ ref, source, message })),
    ),
  };
};
