import type { Clock } from '../model/Clock';
import type { Admission } from '../ports/Admission';
import type { AggregatedApi } from '../ports/AggregatedApi';
import type { ClusterNetwork } from '../ports/ClusterNetwork';
import type { ClusterObjects } from '../ports/ClusterObjects';
import type { EventRecorder } from '../ports/EventRecorder';
import {
  AutoscalerController,
  type AutoscalerTiming,
} from './hpa/AutoscalerController';
import { installKeda } from './installKeda';
import { admitScaledObject } from './keda/admitScaledObject';
import { externalMetricsApi } from './keda/externalMetricsApi';
import { KedaExternalMetrics } from './keda/KedaExternalMetrics';
import { ScaledObjectController } from './keda/ScaledObjectController';
import { ScaledObjects } from './keda/ScaledObjects';
import { ScaleLoops } from './keda/ScaleLoops';
import { TriggerReadings } from './keda/TriggerReadings';

export interface AutoscalingOptions {
  objects: ClusterObjects;
  /** Asks the Prometheus servers that triggers name. */
  network: Pick<ClusterNetwork, 'fetch'>;
  clock: Clock;
  events: EventRecorder;
  /** One line for whoever runs the cluster. */
  log(line: string): void;
  /** When autoscalers are synced; default: every 15 s, the first time earlier. */
  timing?: AutoscalerTiming;
}

export interface Autoscaling {
  /** HorizontalPodAutoscalers by kube-controller-manager's rules, ScaledObjects by those of KEDA 2.20. */
  controllers: [AutoscalerController, ScaledObjectController];
  admission: Admission[];
  /** `external.metrics.k8s.io/v1beta1`. */
  aggregatedApis: AggregatedApi[];
  /** Definitions, namespace and APIService of KEDA; before the controllers start. */
  install(): void;
}

/** Everything that decides about replicas. */
export function createAutoscaling(options: AutoscalingOptions): Autoscaling {
  const { objects, network, clock, events, log, timing } = options;
  const scaledObjects = new ScaledObjects(objects, events);
  const readings = new TriggerReadings({
    objects,
    scaledObjects,
    network,
    clock,
  });
  const external = new KedaExternalMetrics(scaledObjects, readings);
  const loops = new ScaleLoops({
    objects,
    scaledObjects,
    readings,
    clock,
    log,
  });
  return {
    controllers: [
      new AutoscalerController({
        objects,
        external,
        events,
        clock,
        log,
        ...(timing && { timing }),
      }),
      new ScaledObjectController({
        objects,
        scaledObjects,
        readings,
        loops,
        clock,
        log,
      }),
    ],
    admission: [admitScaledObject(objects)],
    aggregatedApis: [externalMetricsApi(external, clock)],
    install: () => installKeda(objects),
  };
}
