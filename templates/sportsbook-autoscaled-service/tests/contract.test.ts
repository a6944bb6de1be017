import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { parser } from '@prometheus-io/lezer-promql';
import {
  derivedNames,
  ENTITY_ANNOTATIONS,
  FIELD_MANAGER,
  LABEL_VALUES,
  LABELS,
  longestServiceName,
  parseScalingPolicy,
  PROMETHEUS_PORT,
  rateWindowSeconds,
  REPOSITORY_FILES,
  REQUEST_METRIC,
  REQUEST_METRIC_LABELS,
  SCALED_ROUTE,
  SCALED_OBJECT_ANNOTATIONS,
  scalingQuery,
  SCRAPE_INTERVAL_SECONDS,
  SERVICE_PORT,
  serviceEntityRef,
  serviceMonitorLabels,
  TEMPLATE_REF,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { TEMPLATE_VERSION } from '@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling/src/skeletons/autoscaledServiceValues';
import { parse } from 'yaml';
import { createApp } from '../../../skeleton/src/app';
import { API_ROUTE, KNOWN_ROUTES } from '../../../skeleton/src/api';
import { createLifecycle } from '../../../skeleton/src/lifecycle';
import { DEFAULT_PORT } from '../../../skeleton/src/listenPort';
import {
  REQUEST_LABELS,
  REQUEST_METRIC as SERVED_METRIC,
} from '../../../skeleton/src/metrics';
import { DRAIN_MILLISECONDS } from '../../../skeleton/src/shutdown';
import { version as packageVersion } from '../package.json';
import { readTemplate } from './readTemplate';
import { renderCase } from './renderCase';
import { renderManifests } from './renderManifests';

const ANSWERS = {
  name: 'odds',
  owner: 'group:default/trading',
  namespace: 'betting',
  cluster: 'dev',
};
const NAMES = derivedNames(ANSWERS.name);

/** The values at a path, `*` standing for every element of a list. */
function at(object: unknown, path: string): unknown[] {
  return path.split('.').reduce<unknown[]>(
    (values, key) =>
      values.flatMap(value => {
        if (typeof value !== 'object' || value === null) {
          return [];
        }
        return key === '*'
          ? Object.values(value)
          : Object.entries(value)
              .filter(([name]) => name === key)
              .map(([, child]) => child);
      }),
    [object],
  );
}

async function manifest(file: string): Promise<unknown> {
  return (await renderManifests(ANSWERS)).get(file);
}

describe('what the service exposes', () => {
  it('is the metric, with the labels and the route, that the query reads', async () => {
    expect(SERVED_METRIC).toBe(REQUEST_METRIC);
    expect(REQUEST_LABELS).toEqual(REQUEST_METRIC_LABELS);
    expect(API_ROUTE).toBe(SCALED_ROUTE);
    expect(KNOWN_ROUTES).toContainEqual({ method: 'GET', uri: SCALED_ROUTE });
    expect(DEFAULT_PORT).toBe(SERVICE_PORT.number);
  });

  it('appears on the scraped path under the scraped name before any request', async () => {
    const [path] = at(
      await manifest('servicemonitor.yaml'),
      'spec.endpoints.*.path',
    );
    const app = createApp({
      lifecycle: createLifecycle(),
      podName: 'pod',
      onError: () => {},
    });
    const server = createServer(app).listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      expect(await response.text()).toContain(
        `${REQUEST_METRIC}_count{method="GET",uri="${SCALED_ROUTE}",status="200"} 0`,
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('the query of the ScaledObject', () => {
  it('is the one that the card asks, over the window that the scrapes allow', async () => {
    const scaledObject = await manifest('scaledobject.yaml');
    const [query] = at(scaledObject, 'spec.triggers.*.metadata.query');
    expect(query).toBe(
      scalingQuery({ namespace: 'betting', service: NAMES.service }),
    );
    expect(query).toContain(`[${rateWindowSeconds()}s]`);
    expect(
      at(await manifest('servicemonitor.yaml'), 'spec.endpoints.*.interval'),
    ).toEqual([`${SCRAPE_INTERVAL_SECONDS}s`]);
    expect(
      at(await manifest('prometheus.yaml'), 'spec.scrapeInterval'),
    ).toEqual([`${SCRAPE_INTERVAL_SECONDS}s`]);
  });

  it('is PromQL', async () => {
    const [query] = at(
      await manifest('scaledobject.yaml'),
      'spec.triggers.*.metadata.query',
    );
    const errors: number[] = [];
    parser.parse(String(query)).iterate({
      enter: node => {
        if (node.type.isError) {
          errors.push(node.from);
        }
      },
    });
    expect(errors).toEqual([]);
  });

  it('goes to the Service of this one Prometheus', async () => {
    const [address] = at(
      await manifest('scaledobject.yaml'),
      'spec.triggers.*.metadata.serverAddress',
    );
    expect(address).toBe(
      `http://${NAMES.prometheusServer}.betting.svc:${PROMETHEUS_PORT.number}`,
    );
    const service = await manifest('prometheus-service.yaml');
    expect(at(service, 'metadata.name')).toEqual([NAMES.prometheusServer]);
    expect(at(service, 'spec.selector')).toEqual([
      { prometheus: NAMES.prometheus },
    ]);
    expect(at(service, 'spec.ports.*.port')).toEqual([PROMETHEUS_PORT.number]);
    expect(at(service, 'spec.ports.*.targetPort')).toEqual([
      PROMETHEUS_PORT.name,
    ]);
  });
});

describe('the chain from pod to autoscaler', () => {
  it('has the names that are derived from the service’s', async () => {
    const manifests = await renderManifests(ANSWERS);
    const names = Object.fromEntries(
      [...manifests].map(([file, object]) => [file, object.metadata.name]),
    );
    expect(names).toEqual({
      'deployment.yaml': NAMES.deployment,
      'poddisruptionbudget.yaml': NAMES.podDisruptionBudget,
      'prometheus-role.yaml': NAMES.prometheusServer,
      'prometheus-rolebinding.yaml': NAMES.prometheusServer,
      'prometheus-service.yaml': NAMES.prometheusServer,
      'prometheus-serviceaccount.yaml': NAMES.prometheusServer,
      'prometheus.yaml': NAMES.prometheus,
      'scaledobject.yaml': NAMES.scaledObject,
      'service.yaml': NAMES.service,
      'servicemonitor.yaml': NAMES.serviceMonitor,
    });
  });

  it('has one port from the container to the scrape', async () => {
    const { name, number } = SERVICE_PORT;
    const deployment = await manifest('deployment.yaml');
    const containers = 'spec.template.spec.containers.*';
    expect(at(deployment, `${containers}.ports.*.name`)).toEqual([name]);
    expect(at(deployment, `${containers}.ports.*.containerPort`)).toEqual([
      number,
    ]);
    const service = await manifest('service.yaml');
    expect(at(service, 'spec.ports.*.name')).toEqual([name]);
    expect(at(service, 'spec.ports.*.port')).toEqual([number]);
    expect(at(service, 'spec.ports.*.targetPort')).toEqual([name]);
    expect(
      at(await manifest('servicemonitor.yaml'), 'spec.endpoints.*.port'),
    ).toEqual([name]);
  });

  it('selects the pods, the Service and the monitor, and nothing of the Prometheus', async () => {
    const deployment = await manifest('deployment.yaml');
    const service = await manifest('service.yaml');
    const monitor = await manifest('servicemonitor.yaml');
    const prometheus = await manifest('prometheus.yaml');
    const select = (selector: unknown, labels: unknown) =>
      expect(labels).toEqual(expect.objectContaining(selector));

    const [podLabels] = at(deployment, 'spec.template.metadata.labels');
    const [podSelector] = at(deployment, 'spec.selector.matchLabels');
    select(podSelector, podLabels);
    expect(at(service, 'spec.selector')).toEqual([podSelector]);
    expect(
      at(
        await manifest('poddisruptionbudget.yaml'),
        'spec.selector.matchLabels',
      ),
    ).toEqual([podSelector]);
    select(
      at(monitor, 'spec.selector.matchLabels')[0],
      at(service, 'metadata.labels')[0],
    );
    select(
      at(prometheus, 'spec.serviceMonitorSelector.matchLabels')[0],
      at(monitor, 'metadata.labels')[0],
    );

    // The operator labels its pods with the name `prometheus` and the name of
    // the resource; a service called prometheus must not select them.
    const operatorPod = {
      [LABELS.name]: 'prometheus',
      [LABELS.instance]: 'prometheus',
      ...(at(prometheus, 'spec.podMetadata.labels')[0] as object),
    };
    const named = await renderManifests({ ...ANSWERS, name: 'prometheus' });
    const [selector] = at(named.get('service.yaml'), 'spec.selector');
    expect(operatorPod).not.toEqual(
      expect.objectContaining(selector as Record<string, unknown>),
    );
  });

  it('leaves the number of replicas to the autoscaler of that Deployment', async () => {
    const deployment = await manifest('deployment.yaml');
    expect(at(deployment, 'spec.replicas')).toEqual([]);
    expect(
      at(await manifest('scaledobject.yaml'), 'spec.scaleTargetRef'),
    ).toEqual([
      { apiVersion: 'apps/v1', kind: 'Deployment', name: NAMES.deployment },
    ]);
  });

  it('gives a pod the time that its end takes', async () => {
    const deployment = await manifest('deployment.yaml');
    const [grace] = at(
      deployment,
      'spec.template.spec.terminationGracePeriodSeconds',
    );
    const [preStop] = at(
      deployment,
      'spec.template.spec.containers.*.lifecycle.preStop.sleep.seconds',
    );
    expect(grace).toBeGreaterThanOrEqual(
      Number(preStop) + DRAIN_MILLISECONDS / 1000 + 15,
    );
  });
});

describe('what else others look for', () => {
  it('is in the catalog entry and the record of the generation', async () => {
    const files = new Map(
      (await renderCase(ANSWERS)).map(file => [
        file.path,
        file.content.toString(),
      ]),
    );
    expect(
      parse(files.get('catalog-info.yaml') ?? '').metadata.annotations,
    ).toEqual({
      [ENTITY_ANNOTATIONS.kubernetesId]: 'odds',
      [ENTITY_ANNOTATIONS.namespace]: 'betting',
      [ENTITY_ANNOTATIONS.cluster]: 'dev',
    });
    const { kind, metadata } = parse(files.get('catalog-info.yaml') ?? '');
    const entityRef = `${kind}:${metadata.namespace ?? 'default'}/${
      metadata.name
    }`.toLowerCase();
    expect(entityRef).toBe(serviceEntityRef('odds'));
    expect(
      at(await manifest('scaledobject.yaml'), 'metadata.annotations'),
    ).toEqual([{ [SCALED_OBJECT_ANNOTATIONS.entityRef]: entityRef }]);
    const generation = JSON.parse(
      files.get(REPOSITORY_FILES.generation) ?? '{}',
    );
    expect(generation).toMatchObject({
      template: TEMPLATE_REF,
      templateVersion: TEMPLATE_VERSION,
      skeletonDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    expect(parseScalingPolicy(generation.answers)).toEqual({
      ok: true,
      policy: generation.answers,
    });
  });

  it('is one version and one name of the template', async () => {
    const { kind, metadata } = await readTemplate();
    expect(packageVersion).toBe(TEMPLATE_VERSION);
    expect(`${kind.toLowerCase()}:default/${metadata.name}`).toBe(TEMPLATE_REF);
  });

  it('is who manages and what it is part of, in the labels', async () => {
    expect(
      at(await manifest('deployment.yaml'), 'metadata.labels')[0],
    ).toMatchObject({
      [LABELS.partOf]: LABEL_VALUES.partOf,
      [LABELS.managedBy]: FIELD_MANAGER,
    });
  });

  it('is the labels by which servers select its monitor', async () => {
    const [labels] = at(
      await manifest('servicemonitor.yaml'),
      'metadata.labels',
    );
    const { [LABELS.version]: _, ...fixed } = labels as Record<string, string>;
    expect(fixed).toEqual(serviceMonitorLabels(ANSWERS.name));
  });

  it('is a name as long as the policy allows, and no longer', async () => {
    const longest = 'a'.repeat(longestServiceName('own'));
    const manifests = await renderManifests({ ...ANSWERS, name: longest });
    const statefulSet = `prometheus-${
      manifests.get('prometheus.yaml')?.metadata.name
    }`;
    expect(statefulSet).toHaveLength(52);
    await expect(
      renderManifests({ ...ANSWERS, name: `${longest}a` }),
    ).rejects.toThrow('name: has 42 characters; at most 41');
  });
});
