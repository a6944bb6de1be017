import type { ScalingSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const identity = z.object({
  backstageIdentity: z.object({ token: z.string() }),
});
const taskCreated = z.object({ id: z.string() });
const task = z.object({
  status: z.enum(['open', 'processing', 'completed', 'failed', 'cancelled']),
});
const taskEvents = z.array(
  z.object({
    id: z.number(),
    type: z.string(),
    body: z.object({
      // An event that only says that a task was recovered has none.
      message: z.string().default(''),
      stepId: z.string().optional(),
      output: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
);

const annotated = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()) }),
});

export interface FinishedTask {
  id: string;
  status: 'completed' | 'failed' | 'cancelled';
  output: Record<string, unknown>;
  /** Everything that the steps logged. */
  log: string;
}

/** The HTTP API of a started Backstage, as a guest or with a given token. */
export class BackstageApi {
  constructor(readonly baseUrl: string) {}

  async guestToken(): Promise<string> {
    const answer = await this.#json('POST', '/api/auth/guest/refresh', {});
    return identity.parse(answer).backstageIdentity.token;
  }

  /** Starts a task and returns its id. */
  async startTask(
    templateRef: string,
    values: Record<string, unknown>,
    secrets: Record<string, string> = {},
  ): Promise<string> {
    const answer = await this.#json('POST', '/api/scaffolder/v2/tasks', {
      token: await this.guestToken(),
      body: { templateRef, values, secrets },
    });
    return taskCreated.parse(answer).id;
  }

  /** All that Backstage tells of a task: itself, and its events. */
  async taskText(id: string): Promise<string> {
    const token = await this.guestToken();
    const path = `/api/scaffolder/v2/tasks/${id}`;
    return JSON.stringify([
      await this.#json('GET', path, { token }),
      await this.#json('GET', `${path}/events`, { token }),
    ]);
  }

  /** What the guest may choose as namespace of a cluster. */
  async namespaceChoices(cluster: string): Promise<unknown> {
    return await this.#json(
      'GET',
      `/api/sportsbook-scaling/v1/clusters/${cluster}/namespaces`,
      { token: await this.guestToken() },
    );
  }

  /** What the form is told of a cluster's Prometheus servers. */
  async prometheusServers(
    cluster: string,
    namespace: string,
  ): Promise<unknown> {
    return this.#json(
      'GET',
      `/api/sportsbook-scaling/v1/clusters/${cluster}/prometheus-servers?namespace=${namespace}`,
      { token: await this.guestToken() },
    );
  }

  async taskStatus(id: string): Promise<z.infer<typeof task>['status']> {
    const answer = await this.#json('GET', `/api/scaffolder/v2/tasks/${id}`, {
      token: await this.guestToken(),
    });
    return task.parse(answer).status;
  }

  async taskLog(id: string): Promise<z.infer<typeof taskEvents>> {
    const answer = await this.#json(
      'GET',
      `/api/scaffolder/v2/tasks/${id}/events`,
      { token: await this.guestToken() },
    );
    return taskEvents.parse(answer);
  }

  /**
   * Waits for a task's end, whatever it is.
   *
   * @throws Error when it has not ended in time, with its log so far
   */
  async finishTask(
    id: string,
    options: { withinSeconds: number },
  ): Promise<FinishedTask> {
    const deadline = Date.now() + options.withinSeconds * 1000;
    for (;;) {
      const status = await this.taskStatus(id).catch(() => 'open' as const);
      if (status !== 'open' && status !== 'processing') {
        const events = await this.taskLog(id);
        return {
          id,
          status,
          output: events.at(-1)?.body.output ?? {},
          log: logText(events),
        };
      }
      if (Date.now() > deadline) {
        throw new Error(
          `Task ${id} is still '${status}' after ${
            options.withinSeconds
          } s. Its log:\n${logText(await this.taskLog(id))}`,
        );
      }
      await sleep(1000);
    }
  }

  /** Runs a task to its end and expects success. */
  async runTask(
    templateRef: string,
    values: Record<string, unknown>,
    options: { withinSeconds: number },
  ): Promise<FinishedTask> {
    const finished = await this.finishTask(
      await this.startTask(templateRef, values),
      options,
    );
    if (finished.status !== 'completed') {
      throw new Error(
        `Task ${finished.id} of ${templateRef} ended as '${finished.status}':\n${finished.log}`,
      );
    }
    return finished;
  }

  /** Whether the catalog has an entity by now. */
  async hasEntity(path: `${string}/${string}/${string}`): Promise<boolean> {
    const status = await this.statusOf(
      `/api/catalog/entities/by-name/${path}`,
      { token: await this.guestToken() },
    );
    return status === 200;
  }

  /** Annotations of an entity of the catalog. */
  async annotations(
    path: `${string}/${string}/${string}`,
  ): Promise<Record<string, string>> {
    const answer = await this.#json(
      'GET',
      `/api/catalog/entities/by-name/${path}`,
      { token: await this.guestToken() },
    );
    return annotated.parse(answer).metadata.annotations;
  }

  async snapshot(entityName: string): Promise<ScalingSnapshot> {
    const answer = await this.#json(
      'GET',
      `/api/sportsbook-scaling/v1/entities/component/default/${entityName}/snapshot`,
      { token: await this.guestToken() },
    );
    return answer as ScalingSnapshot;
  }

  /** Status of a GET, for calls that are expected to be refused. */
  async statusOf(
    path: string,
    options: { token?: string; headers?: Record<string, string> },
  ): Promise<number> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      headers: {
        ...options.headers,
        ...(options.token === undefined
          ? {}
          : { Authorization: `Bearer ${options.token}` }),
      },
    });
    await response.arrayBuffer();
    return response.status;
  }

  async #json(
    method: string,
    path: string,
    options: { token?: string; body?: unknown },
  ): Promise<unknown> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: {
        ...(options.token === undefined
          ? {}
          : { Authorization: `Bearer ${options.token}` }),
        ...(options.body === undefined
          ? {}
          : { 'Content-Type': 'application/json' }),
      },
      ...(options.body === undefined
        ? {}
        : { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return JSON.parse(text);
  }
}

function logText(events: z.infer<typeof taskEvents>): string {
  return events
    .map(event => `${event.body.stepId ?? ''}: ${event.body.message}`)
    .join('\n');
}
