import type { Clock } from '../model/Clock';
import type { ClusterNetwork } from '../ports/ClusterNetwork';
import type { ClusterObjects, WatchEvent } from '../ports/ClusterObjects';
import type { Controller } from '../ports/Controller';
import type { EventRecorder } from '../ports/EventRecorder';
import type { RouteSource } from '../ports/NetworkRoutes';
import { createClusterFetch } from './clusterFetch';
import { byNumber, dial, dialPod, dialServicePort } from './dial';
import { NodePorts } from './NodePorts';
import { PodAddresses } from './PodAddresses';
import { RouteTable } from './RouteTable';
import { SessionAffinity } from './SessionAffinity';
import type { ServiceObject } from './serviceObject';
import { watchKind } from './watchKind';

export interface NetworkOptions {
  objects: ClusterObjects;
  clock: Clock;
  events: EventRecorder;
  log(line: string): void;
  /** From 0 to below 1; default `Math.random`. */
  random?(): number;
}

/**
 * The cluster's network: what kube-proxy, DNS and the pods' own addresses are
 * elsewhere. Everything that it opens listens on 127.0.0.1.
 */
export function createNetwork({
  objects,
  clock,
  events,
  log,
  random = Math.random,
}: NetworkOptions): ClusterNetwork & RouteSource & Controller {
  const table = new RouteTable();
  const addresses = new PodAddresses();
  /** What stored pods have, by uid: those of an earlier run too. */
  const stored = new Map<string, string>();
  const dialling = { table, random, affinity: new SessionAffinity(clock) };
  const nodePorts = new NodePorts({
    clock,
    dial: ({ namespace, name, port }, client) => {
      const service = table.service(namespace, name);
      return service
        ? dialServicePort(dialling, service, byNumber(port), client)
        : { status: 'refused' };
    },
    onRefused: ({ namespace, name }, nodePort, error) => {
      const type = objects.typeOf('v1', 'Service');
      const object = type && objects.find(type, { namespace, name });
      const message =
        `Node port ${nodePort} cannot be opened on 127.0.0.1 (${error.message}): ` +
        'end the process that has it, or choose another nodePort; it is tried again every 5 s';
      log(`Service ${namespace}/${name}: ${message}`);
      if (object) {
        events.record({
          object,
          type: 'Warning',
          reason: 'NodePortUnavailable',
          message,
          component: 'kube-proxy',
        });
      }
    },
  });
  const network = createClusterFetch((host, port) =>
    dial(dialling, host, port),
  );
  let endWatches: (() => void)[] = [];

  function onService({ type, object }: WatchEvent): void {
    if (type === 'DELETED') {
      const { metadata } = table.removeService(object);
      nodePorts.set(metadata, []);
      dialling.affinity.forget(`${metadata.namespace}/${metadata.name}/`);
    } else {
      const service = table.setService(object);
      nodePorts.set(service.metadata, nodePortsOf(service));
    }
  }

  function onPod({ type, object }: WatchEvent): void {
    const uid = object.metadata.uid ?? '';
    const status = object.status;
    const podIP =
      typeof status === 'object' && status !== null && 'podIP' in status
        ? status.podIP
        : undefined;
    if (type === 'DELETED' || typeof podIP !== 'string') {
      stored.delete(uid);
    } else {
      stored.set(uid, podIP);
    }
  }

  return {
    name: 'network',
    start() {
      endWatches = [
        watchKind(objects, ['v1', 'Service'], onService),
        watchKind(objects, ['discovery.k8s.io/v1', 'EndpointSlice'], event =>
          event.type === 'DELETED'
            ? table.removeSlice(event.object)
            : table.setSlice(event.object),
        ),
        watchKind(objects, ['v1', 'Pod'], onPod),
      ];
    },
    async stop() {
      endWatches.forEach(end => end());
      network.close();
      await nodePorts.stop();
    },
    takePodAddress() {
      const used = new Set(stored.values());
      const address = addresses.take(candidate => used.has(candidate));
      table.addPod(address);
      return address;
    },
    releasePodAddress(podIP) {
      addresses.release(podIP);
      table.removePod(podIP);
    },
    listen: (podIP, port, real) => table.setListener(podIP, port, real.port),
    unlisten: (podIP, port) => table.removeListener(podIP, port),
    dialPod: (podIP, port) => dialPod(table, podIP, port),
    dial: (host, port, { fromNamespace } = {}) =>
      dial(dialling, host, port, fromNamespace),
    dialService({ namespace, name, port }) {
      const service = table.service(namespace, name);
      return service
        ? dialServicePort(
            dialling,
            service,
            other => other.name === port || String(other.port) === port,
          )
        : { status: 'unknown' };
    },
    fetch: (url, init) => network.fetch(url, init),
    routes: () => table.routes(),
    onRoutesChanged: listener => table.onRoutesChanged(listener),
  };
}

function nodePortsOf({ spec }: ServiceObject) {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer'
    ? spec.ports.flatMap(({ nodePort, port, protocol }) =>
        nodePort === undefined || protocol !== 'TCP'
          ? []
          : [{ nodePort, port }],
      )
    : [];
}
