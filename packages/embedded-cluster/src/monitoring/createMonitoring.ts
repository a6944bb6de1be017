import type { Clock } from '../model/Clock';
import { StatusError } from '../model/StatusError';
import type { Admission } from '../ports/Admission';
import type { ClusterObjects } from '../ports/ClusterObjects';
import type { EventRecorder } from '../ports/EventRecorder';
import { installDefinitions } from '../runtime/installDefinitions';
import { PrometheusController } from './PrometheusController';

export interface MonitoringOptions {
  objects: ClusterObjects;
  clock: Clock;
  events: EventRecorder;
  /** One line for whoever runs the cluster. */
  log(line: string): void;
}

export interface Monitoring {
  /** Prometheus and ServiceMonitor objects by the rules of Prometheus operator 0.93. */
  controllers: [PrometheusController];
  admission: Admission[];
  /** Definitions of the operator; before the controllers start. */
  install(): void;
}

/** The five without which the real operator's controller for Prometheus does not begin. */
const DEFINITIONS = [
  'prometheuses',
  'servicemonitors',
  'podmonitors',
  'probes',
  'prometheusrules',
].map(plural => `${plural}.monitoring.coreos.com`);

/** Kinds that can be listed, because the operator needs them defined, and that nothing here would follow. */
const NOT_FOLLOWED: Readonly<Record<string, string>> = {
  PodMonitor:
    'follows no PodMonitors: put a Service before the pods and write a ServiceMonitor',
  Probe: 'follows no Probes: write a ServiceMonitor',
  PrometheusRule:
    'evaluates no rules and sends no alerts: try PrometheusRules on a real cluster',
};

const refuseWhatNothingFollows: Admission = ({ operation, type }) => {
  const sentence = NOT_FOLLOWED[type.kind];
  if (
    operation === 'CREATE' &&
    type.group === 'monitoring.coreos.com' &&
    sentence !== undefined
  ) {
    throw StatusError.notImplemented(sentence);
  }
};

/** Everything that makes Prometheus servers and their configuration. */
export function createMonitoring(options: MonitoringOptions): Monitoring {
  return {
    controllers: [new PrometheusController(options)],
    admission: [refuseWhatNothingFollows],
    install: () => installDefinitions(options.objects, DEFINITIONS),
  };
}
