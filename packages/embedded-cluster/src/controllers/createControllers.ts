import type { Controller } from '../ports/Controller';
import {
  createApiServiceController,
  type AggregatedGroup,
} from './apiservice/apiServiceController';
import { createDeploymentController } from './deployment/deploymentController';
import { createDisruptionController } from './disruption/disruptionController';
import { createEndpointSliceController } from './endpoints/endpointSliceController';
import type { ControllerContext } from './foundation/ControllerContext';
import { Informers } from './foundation/Informer';
import { createGarbageCollector } from './garbage/garbageCollector';
import {
  createFinishedJobController,
  createJobController,
} from './job/jobController';
import { createNamespaceController } from './namespace/namespaceController';
import { createNamespaceDefaultsController } from './namespace/namespaceDefaults';
import { createReplicaSetController } from './replicaset/replicaSetController';

export interface ControllersOptions extends ControllerContext {
  /** PEM of the authority that signed the API server's certificate, for `kube-root-ca.crt`. */
  rootCertificate: string;
  /** Groups that other parts of the process answer behind APIServices. Default: none. */
  aggregatedApis?: readonly AggregatedGroup[];
  /** Kinds that are answered without being stored, whose groups are served too. Default: none. */
  virtualResources?: readonly { type: AggregatedGroup }[];
}

/**
 * The controllers of the built-in kinds: namespaces, ownership, workloads,
 * endpoints, disruption budgets, APIServices. They write as
 * `kube-controller-manager`, and may be started and stopped in any order.
 */
export function createControllers(options: ControllersOptions): Controller[] {
  const {
    rootCertificate,
    aggregatedApis = [],
    virtualResources = [],
    ...context
  } = options;
  const informers = new Informers(context.objects);
  return [
    createNamespaceDefaultsController(context, informers, rootCertificate),
    createNamespaceController(context),
    createGarbageCollector(context),
    createEndpointSliceController(context, informers),
    createReplicaSetController(context, informers),
    createDeploymentController(context, informers),
    createJobController(context, informers),
    createFinishedJobController(context, informers),
    createDisruptionController(context, informers),
    createApiServiceController(context, informers, {
      aggregated: aggregatedApis,
      virtual: virtualResources.map(({ type }) => type),
    }),
  ];
}
