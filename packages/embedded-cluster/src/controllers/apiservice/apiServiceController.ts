import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { timestamp } from '../../model/Clock';
import type { Controller } from '../../ports/Controller';
import { Reconciler } from '../../runtime/Reconciler';
import type { ControllerContext } from '../foundation/ControllerContext';
import type { Informers } from '../foundation/Informer';
import { isPassing } from '../foundation/isPassing';
import { requireType } from '../../runtime/requireType';
import { view } from '../foundation/view';
import { writeStatus } from '../foundation/writeStatus';
import { workloadCondition } from '../views/workloadParts';
import { apiServicePriority } from './apiServicePriorities';
import { messageOf } from '../../runtime/messageOf';

const MANAGER = 'kube-apiserver';
const AUTOMANAGED = 'kube-aggregator.kubernetes.io/automanaged';

const apiServiceView = view(
  z.object({
    spec: z.object({
      group: z.string().default(''),
      version: z.string(),
      service: z.object({ name: z.string(), namespace: z.string() }).nullish(),
    }),
    status: z
      .object({ conditions: z.array(workloadCondition).nullish() })
      .nullish(),
  }),
);

/** A group and version that a part of this process answers. */
export interface AggregatedGroup {
  group: string;
  version: string;
}

/** Groups that are served beside those of stored kinds. */
export interface FurtherGroups {
  /** Behind APIServices that others make. */
  aggregated: readonly AggregatedGroup[];
  /** By the API server itself. */
  virtual: readonly AggregatedGroup[];
}

/** Lists each group and version that is served as an APIService, and says which are available. */
export function createApiServiceController(
  context: ControllerContext,
  informers: Informers,
  further: FurtherGroups,
): Controller {
  const { objects, clock, log } = context;
  const reconciler = new Reconciler({
    name: 'apiservice-controller',
    clock,
    reconcile: () => reconcile(context, further),
    onError: (_key, error) => {
      if (!isPassing(error)) {
        log.warn(
          `The list of APIServices is not up to date: ${messageOf(error)}`,
        );
      }
    },
  });
  let stops: (() => void)[] = [];
  return {
    name: 'apiservice-controller',
    start() {
      const enqueue = () => reconciler.enqueue('all');
      stops = [
        objects.onTypesChanged(enqueue),
        informers.of('apiregistration.k8s.io/v1', 'APIService').listen(enqueue),
      ];
      enqueue();
    },
    async stop() {
      stops.forEach(stop => stop());
      await reconciler.stop();
    },
  };
}

function reconcile(
  context: ControllerContext,
  { aggregated, virtual }: FurtherGroups,
): void {
  const { objects } = context;
  const type = requireType(objects, 'apiregistration.k8s.io/v1', 'APIService');
  const served = new Map(
    [...objects.types(), ...virtual].map(({ group, version }) => [
      `${version}.${group}`,
      { group, version },
    ]),
  );
  const refusals: unknown[] = [];
  for (const [name, groupVersion] of served) {
    if (objects.find(type, { name }) === undefined) {
      try {
        objects.create(type, localApiService(name, groupVersion), {
          manager: MANAGER,
        });
      } catch (error) {
        refusals.push(error);
      }
    }
  }
  for (const apiService of objects.list(type).items) {
    const { name, labels } = apiService.metadata;
    if (labels?.[AUTOMANAGED] !== undefined && !served.has(name)) {
      objects.delete(type, { name }, {});
    } else {
      writeAvailable(context, apiService, aggregated);
    }
  }
  if (refusals.length > 0) {
    throw refusals[0];
  }
}

function localApiService(
  name: string,
  { group, version }: AggregatedGroup,
): KubernetesObject {
  const { automanaged, ...priorities } = apiServicePriority(group, version);
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name, labels: { [AUTOMANAGED]: automanaged } },
    spec: { ...(group === '' ? {} : { group }), version, ...priorities },
  };
}

function writeAvailable(
  { objects, clock }: ControllerContext,
  apiService: KubernetesObject,
  aggregated: readonly AggregatedGroup[],
): void {
  const { spec, status } = apiServiceView(apiService);
  const next = availabilityOf(spec, aggregated);
  const present = (status?.conditions ?? []).find(
    ({ type }) => type === 'Available',
  );
  if (
    present?.status === next.status &&
    present.reason === next.reason &&
    present.message === next.message
  ) {
    return;
  }
  writeStatus(
    objects,
    requireType(objects, 'apiregistration.k8s.io/v1', 'APIService'),
    {
      object: apiService,
      status: {
        conditions: [
          {
            type: 'Available',
            ...next,
            lastTransitionTime:
              present?.status === next.status && present.lastTransitionTime
                ? present.lastTransitionTime
                : timestamp(clock.now()),
          },
        ],
      },
    },
  );
}

function availabilityOf(
  spec: ReturnType<typeof apiServiceView>['spec'],
  aggregated: readonly AggregatedGroup[],
): { status: 'True' | 'False'; reason: string; message: string } {
  const { service, group, version } = spec;
  if (service === undefined || service === null) {
    return {
      status: 'True',
      reason: 'Local',
      message: 'Local APIServices are always available',
    };
  }
  if (
    aggregated.some(known => known.group === group && known.version === version)
  ) {
    return { status: 'True', reason: 'Passed', message: 'all checks passed' };
  }
  return {
    status: 'False',
    reason: 'ServiceNotFound',
    message: `service/${service.name} in "${service.namespace}" is no aggregated API of the embedded cluster`,
  };
}
