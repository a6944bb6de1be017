import { gzipSync } from 'node:zlib';
import type { Clock } from '../model/Clock';
import type { ClusterObjects } from '../ports/ClusterObjects';
import type { EventRecorder } from '../ports/EventRecorder';
import { ensureObject } from '../runtime/ensureObject';
import { requireType } from '../runtime/requireType';
import { sameJson } from '../runtime/sameJson';
import { prometheusConfig } from './config/prometheusConfig';
import { ensureGoverningService } from './governingService';
import { missingFeatures } from './missingFeatures';
import {
  OPERATED_LABELS,
  OPERATOR_MANAGER,
  OPERATOR_STATUS_MANAGER,
  PROMETHEUS_API_VERSION,
} from './names';
import { ownedBy } from './ownedBy';
import {
  hasManagedConfig,
  readPrometheus,
  serverNameOf,
  type Prometheus,
} from './prometheusSpec';
import { prometheusStatus, type Reconciliation } from './prometheusStatus';
import { selectMonitors } from './selectMonitors';
import {
  ensureServerPods,
  isUpdated,
  PodRefusedError,
  serverPods,
} from './serverPods';
import { messageOf } from '../runtime/messageOf';

export interface MonitoringContext {
  objects: ClusterObjects;
  clock: Clock;
  events: EventRecorder;
}

const CONFIG_KEY = 'prometheus.yaml.gz';

const NOTHING_SELECTED: Reconciliation = {
  reason: 'NoSelectedResources',
  message:
    'No ServiceMonitor, PodMonitor, Probe, ScrapeConfig, and PrometheusRule have been selected.',
};

/** Writes the configuration for the monitors that are selected now. */
function ensureConfiguration(
  prometheus: Prometheus,
  { objects, events }: MonitoringContext,
): Reconciliation {
  const { monitors, rejected } = selectMonitors(objects, prometheus);
  for (const { monitor, reason } of rejected) {
    events.record({
      object: monitor.object,
      type: 'Warning',
      reason: 'InvalidConfiguration',
      message: `"${monitor.namespace}/${monitor.name}" was rejected due to invalid configuration: ${reason}`,
      component: 'prometheus-controller',
      action: 'SelectingConfigurationResources',
    });
  }
  const { namespace } = prometheus;
  const name = serverNameOf(prometheus);
  const isThere =
    objects.find(requireType(objects, 'v1', 'Secret'), { namespace, name }) !==
    undefined;
  // Without any selector the Secret's content is its user's, once it is there.
  if (hasManagedConfig(prometheus) || !isThere) {
    ensureObject(
      objects,
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name,
          namespace,
          labels: { ...OPERATED_LABELS },
          ownerReferences: [ownedBy(prometheus, { controls: true })],
        },
        type: 'Opaque',
        data: {
          [CONFIG_KEY]: gzipSync(
            prometheusConfig(prometheus, monitors),
          ).toString('base64'),
        },
      },
      { manager: OPERATOR_MANAGER },
    );
  }
  return monitors.length === 0 && rejected.length === 0
    ? NOTHING_SELECTED
    : { reason: '', message: '' };
}

/** @throws Error for what keeps the server from becoming as asked */
function bringAbout(
  prometheus: Prometheus,
  context: MonitoringContext,
): Reconciliation {
  const { objects, events } = context;
  const missing = missingFeatures(prometheus.spec);
  if (missing.length > 0) {
    throw new Error(
      `the embedded cluster does not have ${missing.join(
        ', ',
      )} of Prometheus; leave it out, or use a real cluster with the Prometheus operator`,
    );
  }
  const reconciliation = ensureConfiguration(prometheus, context);
  ensureGoverningService(objects, prometheus);
  try {
    ensureServerPods(objects, prometheus);
  } catch (error) {
    if (!(error instanceof PodRefusedError)) {
      throw error;
    }
    events.record({
      object: prometheus.object,
      type: 'Warning',
      reason: 'FailedCreate',
      message: error.message,
      component: 'prometheus-controller',
    });
  }
  return reconciliation;
}

function reconciliationOf(
  prometheus: Prometheus,
  context: MonitoringContext,
): Reconciliation {
  if (prometheus.spec.paused) {
    return { reason: '', message: '' };
  }
  try {
    return bringAbout(prometheus, context);
  } catch (error) {
    return {
      reason: 'ReconciliationFailed',
      message: messageOf(error),
    };
  }
}

/**
 * Brings configuration, Service and pods of a Prometheus into the state that it
 * asks for, and says in its status how that went.
 *
 * @param key - `namespace/name`
 * @throws StatusError where the status cannot be stored
 */
export function reconcilePrometheus(
  key: string,
  context: MonitoringContext,
): void {
  const { objects, clock } = context;
  const type = requireType(objects, PROMETHEUS_API_VERSION, 'Prometheus');
  const [namespace, name] = key.split('/');
  const object = objects.find(type, { namespace, name });
  // What belongs to one that is gone goes with it, by its owner.
  if (object === undefined || object.metadata.deletionTimestamp !== undefined) {
    return;
  }
  const prometheus = readPrometheus(object);
  const reconciliation = reconciliationOf(prometheus, context);
  const pods = serverPods(objects, prometheus);
  const status = prometheusStatus(prometheus, {
    pods,
    updatedPods: pods.filter(pod => isUpdated(pod, prometheus)).length,
    reconciliation,
    nowMilliseconds: clock.now(),
  });
  if (!sameJson(object.status, status)) {
    objects.patch(
      type,
      { namespace, name },
      {
        type: 'apply',
        force: true,
        body: {
          apiVersion: object.apiVersion,
          kind: object.kind,
          metadata: { namespace, name },
          status,
        },
      },
      { manager: OPERATOR_STATUS_MANAGER, subresource: 'status' },
    );
  }
}
