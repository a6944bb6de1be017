import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { parse } from 'yaml';
import type { Clock } from '../../model/Clock';
import { openClusterObjects } from '../../objects';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { EventToRecord } from '../../ports/EventRecorder';
import { requireType } from '../../runtime/requireType';
import { createMonitoring, type Monitoring } from '../createMonitoring';

const CLOCK: Clock = {
  now: () => Date.parse('2026-11-24T10:00:00Z'),
  after: () => () => {},
};

let template: Promise<string> | undefined;

const USER = { username: 'test', groups: [] };

/** Real cluster objects in a directory of their own, with the controllers of this room. */
export class MonitoringFixture {
  readonly events: EventToRecord[] = [];
  readonly log: string[] = [];
  readonly objects: ClusterObjects;
  readonly monitoring: Monitoring;
  readonly #close: () => void;

  private constructor(
    objects: ClusterObjects & { close(): void },
    directory: string,
    clock: Clock,
  ) {
    this.objects = objects;
    this.#close = () => {
      objects.close();
      rmSync(directory, { recursive: true, force: true });
    };
    this.monitoring = createMonitoring({
      objects,
      clock,
      events: { record: event => this.events.push(event) },
      log: line => this.log.push(line),
    });
  }

  /** A running fixture with namespace `betting` and the ServiceAccount `prometheus` in it. */
  static async start(): Promise<MonitoringFixture> {
    const directory = mkdtempSync(join(tmpdir(), 'monitoring-'));
    template ??= MonitoringFixture.#makeTemplate();
    cpSync(await template, directory, { recursive: true });
    const objects = await openClusterObjects({ directory, clock: CLOCK });
    const fixture = new MonitoringFixture(objects, directory, CLOCK);
    fixture.monitoring.admission.forEach(admit => objects.addAdmission(admit));
    fixture.monitoring.install();
    fixture.monitoring.controllers[0].start();
    return fixture;
  }

  /** A folder with everything that each fixture begins with: installing takes longer than copying. */
  static async #makeTemplate(): Promise<string> {
    const directory = mkdtempSync(join(tmpdir(), 'monitoring-template-'));
    const objects = await openClusterObjects({ directory, clock: CLOCK });
    const fixture = new MonitoringFixture(objects, directory, CLOCK);
    fixture.monitoring.install();
    fixture.namespace('betting');
    fixture.create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'prometheus', namespace: 'betting' },
    });
    objects.close();
    return directory;
  }

  /** After the last fixture of a test file. */
  static async cleanUp(): Promise<void> {
    if (template) {
      rmSync(await template, { recursive: true, force: true });
      template = undefined;
    }
  }

  async stop(): Promise<void> {
    await this.monitoring.controllers[0].stop();
    this.#close();
  }

  namespace(name: string, labels: Record<string, string> = {}): void {
    this.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels },
    });
  }

  create(object: KubernetesObject): KubernetesObject {
    return this.objects.create(
      requireType(this.objects, object.apiVersion, object.kind),
      object,
      { manager: 'test', user: USER },
    ).object;
  }

  prometheus(spec: Record<string, unknown> = {}, name = 'odds-api'): void {
    this.create({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { name, namespace: 'betting' },
      spec: {
        replicas: 1,
        version: '3.13.1',
        serviceAccountName: 'prometheus',
        serviceDiscoveryRole: 'EndpointSlice',
        serviceMonitorSelector: {},
        ...spec,
      },
    });
  }

  monitor(
    name: string,
    options: {
      namespace?: string;
      labels?: Record<string, string>;
      endpoint?: Record<string, unknown>;
    } = {},
  ): void {
    this.create({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: {
        name,
        namespace: options.namespace ?? 'betting',
        labels: options.labels ?? {},
      },
      spec: {
        selector: { matchLabels: { app: name } },
        endpoints: [{ port: 'http', ...options.endpoint }],
      },
    });
  }

  patch(
    kind: string,
    name: string,
    body: unknown,
    apiVersion = 'monitoring.coreos.com/v1',
  ): void {
    this.objects.patch(
      requireType(this.objects, apiVersion, kind),
      { namespace: 'betting', name },
      { type: 'merge', body },
      { manager: 'test', user: USER },
    );
  }

  delete(apiVersion: string, kind: string, name: string): void {
    this.objects.delete(
      requireType(this.objects, apiVersion, kind),
      { namespace: 'betting', name },
      { gracePeriodSeconds: 0 },
    );
  }

  // Tests read deep into objects; what is not there fails the test.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  get(apiVersion: string, kind: string, name: string): any {
    return this.objects.find(requireType(this.objects, apiVersion, kind), {
      namespace: 'betting',
      name,
    });
  }

  status(name = 'odds-api') {
    return this.get('monitoring.coreos.com/v1', 'Prometheus', name).status;
  }

  /** `status reason message` of a condition. */
  condition(type: 'Available' | 'Reconciled', name = 'odds-api'): string {
    const { status, reason, message } = this.status(name).conditions.find(
      (condition: { type: string }) => condition.type === type,
    );
    return [status, reason, message].filter(part => part !== '').join(' ');
  }

  jobs(name = 'odds-api'): string[] {
    return this.config(name).scrape_configs.map(
      ({ job_name: job }: { job_name: string }) => job,
    );
  }

  config(name = 'odds-api') {
    const { data } = this.get('v1', 'Secret', `prometheus-${name}`);
    return parse(
      gunzipSync(Buffer.from(data['prometheus.yaml.gz'], 'base64')).toString(
        'utf8',
      ),
    );
  }

  /** What the kubelet would write. */
  podStatus(
    name: string,
    ready: boolean,
    message = 'containers with unready status: [prometheus]',
  ): void {
    const type = requireType(this.objects, 'v1', 'Pod');
    const pod = this.get('v1', 'Pod', name);
    this.objects.update(
      type,
      { namespace: 'betting', name },
      {
        ...pod,
        status: {
          phase: 'Running',
          conditions: [
            {
              type: 'Ready',
              status: ready ? 'True' : 'False',
              ...(ready ? {} : { message }),
            },
          ],
        },
      },
      { manager: 'kubelet', subresource: 'status' },
    );
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 4; turn += 1) {
      await new Promise(resolve => {
        setImmediate(resolve);
      });
      await this.monitoring.controllers[0].idle();
    }
  }
}
