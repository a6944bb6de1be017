import { recordedOwnPrometheus } from '../__testUtils__/recordings';
import { parsePrometheusConfig } from '../config/parsePrometheusConfig';
import { prepareRelabeling } from '../relabel/relabel';
import { scrapeTarget } from '../scrape/scrapeTarget';
import {
  endpointSliceSchema,
  podSchema,
  serviceSchema,
  type DiscoveredObjects,
} from './discoveredObjects';
import { kubernetesTargets } from './kubernetesTargets';

const recorded = recordedOwnPrometheus();
const objects: DiscoveredObjects = {
  pods: recorded.objects.pods.map(pod => podSchema.parse(pod)),
  services: recorded.objects.services.map(one => serviceSchema.parse(one)),
  endpointSlices: recorded.objects.endpointslices.map(slice =>
    endpointSliceSchema.parse(slice),
  ),
};
const [config] = parsePrometheusConfig(
  recorded.statusConfig,
  // Sections about Go and about telemetry, which are not known here.
).scrape_configs;

function byAddress<T extends { discoveredLabels: Record<string, string> }>(
  targets: readonly T[],
): T[] {
  const key = ({ discoveredLabels }: T) =>
    JSON.stringify([
      discoveredLabels.__address__,
      discoveredLabels.__meta_kubernetes_endpointslice_name ?? '',
    ]);
  return [...targets].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

describe('discovery and relabeling beside a real Prometheus', () => {
  const outcomes = kubernetesTargets('endpointslice', objects).map(labels =>
    scrapeTarget(config, prepareRelabeling(config.relabel_configs), labels),
  );

  it('finds the same targets, with the same labels before and after', () => {
    const active = outcomes
      .filter(outcome => outcome.status === 'active')
      .map(({ target }) => ({
        discoveredLabels: Object.fromEntries(target.discoveredLabels),
        labels: Object.fromEntries(target.labels),
        scrapeUrl: target.url,
      }));
    expect(byAddress(active)).toEqual(
      byAddress(recorded.targets.activeTargets).map(
        ({ discoveredLabels, labels, scrapeUrl }) => ({
          discoveredLabels,
          labels,
          scrapeUrl,
        }),
      ),
    );
  });

  it('drops the same targets', () => {
    const dropped = outcomes
      .filter(outcome => outcome.status === 'dropped')
      .map(({ discoveredLabels }) => ({
        discoveredLabels: Object.fromEntries(discoveredLabels),
      }));
    expect(byAddress(dropped)).toEqual(
      byAddress(recorded.targets.droppedTargets).map(
        ({ discoveredLabels }) => ({ discoveredLabels }),
      ),
    );
  });
});

describe('the other roles', () => {
  it('finds each port of each container of a pod', () => {
    const targets = kubernetesTargets('pod', objects).filter(
      target => target.__meta_kubernetes_pod_label_app === 'sb-api',
    );
    expect(
      targets.map(target => [
        target.__meta_kubernetes_pod_container_port_name,
        target.__address__.split(':')[1],
      ]),
    ).toEqual([
      ['http', '8080'],
      ['side', '9999'],
      ['http', '8080'],
      ['side', '9999'],
    ]);
  });

  it('finds each port of a Service under its name', () => {
    expect(
      kubernetesTargets('service', objects).find(
        target => target.__meta_kubernetes_service_name === 'sb-api',
      ),
    ).toMatchObject({
      __address__: 'sb-api.ec-prometheus.svc:80',
      __meta_kubernetes_service_port_name: 'http',
      __meta_kubernetes_service_type: 'ClusterIP',
    });
  });

  it('gives EndpointSlices the labels of Endpoints where the configuration asks for those', () => {
    const [target] = kubernetesTargets('endpoints', objects).filter(
      one => one.__meta_kubernetes_endpoints_name === 'sb-api',
    );
    expect(target).toMatchObject({
      __meta_kubernetes_endpoint_port_name: 'http',
      __meta_kubernetes_endpoint_ready: 'true',
      __meta_kubernetes_endpoint_address_target_kind: 'Pod',
      __meta_kubernetes_service_name: 'sb-api',
    });
  });
});
