import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import { z } from 'zod';

const kubeconfigSchema = z.object({
  clusters: z.tuple([
    z.object({
      cluster: z.object({
        server: z.string(),
        'certificate-authority-data': z.string(),
      }),
    }),
  ]),
  users: z.tuple([
    z.object({
      user: z.object({
        'client-certificate-data': z.string(),
        'client-key-data': z.string(),
      }),
    }),
  ]),
});

/** What clients read of an object here. */
export const objectSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    uid: z.string(),
    resourceVersion: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});
export type LiveObject = z.infer<typeof objectSchema>;

export const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  items: z.array(objectSchema),
});

export interface Answer {
  status: number;
  body: unknown;
}

/** A client with the administrator's certificate. */
export class ApiConnection {
  readonly #server: string;
  readonly #agent: Agent;

  constructor(kubeconfigPath: string) {
    const { clusters, users } = kubeconfigSchema.parse(
      parse(readFileSync(kubeconfigPath, 'utf8')),
    );
    const decoded = (base64: string) => Buffer.from(base64, 'base64');
    this.#server = clusters[0].cluster.server;
    this.#agent = new Agent({
      keepAlive: true,
      ca: decoded(clusters[0].cluster['certificate-authority-data']),
      cert: decoded(users[0].user['client-certificate-data']),
      key: decoded(users[0].user['client-key-data']),
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  /**
   * @param body - an object; a patch's kind is told by `contentType`
   * @throws Error when the whole answer does not arrive
   */
  async call(
    method: string,
    path: string,
    body?: unknown,
    contentType: string = 'application/json',
  ): Promise<Answer> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(
        `${this.#server}${path}`,
        {
          method,
          agent: this.#agent,
          headers: body === undefined ? {} : { 'Content-Type': contentType },
        },
        resolve,
      )
        .on('error', reject)
        .end(body === undefined ? undefined : JSON.stringify(body));
    });
    return {
      status: answer.statusCode ?? 0,
      body: JSON.parse(await text(answer)),
    };
  }

  /** @throws Error for every answer but a success */
  async get(path: string): Promise<unknown> {
    const { status, body } = await this.call('GET', path);
    if (status !== 200) {
      throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    }
    return body;
  }
}
