import { Agent, request } from 'node:https';
import { createInterface } from 'node:readline';

const MANAGER = 'bench';

/** Raw requests over connections that are kept. */
export class ApiClient {
  #access;
  #agent;

  /**
   * @param access `{server, ca, cert, key}`
   * @param connections how many requests may be under way
   */
  constructor(access, connections) {
    this.#access = access;
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: connections,
      ca: access.ca,
      cert: access.cert,
      key: access.key,
    });
  }

  /** @returns the parsed answer. @throws Error with the answer's body when it is a refusal */
  async send(method, path, { body, contentType } = {}) {
    const text = await new Promise((resolve, reject) => {
      const sent = request(
        `${this.#access.server}${path}`,
        {
          method,
          agent: this.#agent,
          headers: {
            Accept: 'application/json',
            ...(body === undefined
              ? {}
              : {
                  'Content-Type': contentType ?? 'application/json',
                  'Content-Length': Buffer.byteLength(body),
                }),
          },
        },
        response => {
          const chunks = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('end', () => {
            const answer = Buffer.concat(chunks).toString();
            if (response.statusCode >= 300) {
              reject(
                new Error(
                  `${method} ${path}: ${response.statusCode} ${answer}`,
                ),
              );
            } else {
              resolve(answer);
            }
          });
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
    return JSON.parse(text);
  }

  /** Server-side apply. @param body JSON of the whole object */
  apply(path, body) {
    return this.send('PATCH', `${path}?fieldManager=${MANAGER}&force=true`, {
      body,
      contentType: 'application/apply-patch+yaml',
    });
  }

  /**
   * Watches a collection from now on.
   *
   * @param onEvent gets each event, parsed
   * @returns what ends the watch, once it has begun
   */
  watch(path, onEvent) {
    return new Promise((resolve, reject) => {
      const { server, ca, cert, key } = this.#access;
      // On a connection of its own: it never ends.
      const sent = request(
        `${server}${path}?watch=true`,
        { ca, cert, key, headers: { Accept: 'application/json' } },
        response => {
          if (response.statusCode !== 200) {
            reject(new Error(`GET ${path}: ${response.statusCode}`));
            return;
          }
          const lines = createInterface({ input: response });
          lines.on('line', line => onEvent(JSON.parse(line)));
          // A watch that is ended is cut off in the middle of its answer.
          lines.on('error', () => {});
          response.on('error', () => {});
          resolve(() => sent.destroy());
        },
      );
      sent.on('error', reject);
      sent.end();
    });
  }

  close() {
    this.#agent.destroy();
  }
}
