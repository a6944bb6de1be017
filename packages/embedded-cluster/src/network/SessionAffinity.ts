import type { Clock } from '../model/Clock';

/** Which endpoint a client was given, for Services with `sessionAffinity: ClientIP`. */
export class SessionAffinity<Endpoint extends { ip: string; port: number }> {
  readonly #clock: Clock;
  readonly #chosen = new Map<string, { endpoint: Endpoint; until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The client's endpoint as long as it is among those that take connections; otherwise what `choose` says. */
  endpointFor(options: {
    client: string;
    seconds: number;
    endpoints: readonly Endpoint[];
    choose(): Endpoint;
  }): Endpoint {
    const { client, seconds, endpoints, choose } = options;
    const now = this.#clock.now();
    const before = this.#chosen.get(client);
    const kept =
      before !== undefined && before.until > now
        ? endpoints.find(
            ({ ip, port }) =>
              ip === before.endpoint.ip && port === before.endpoint.port,
          )
        : undefined;
    const endpoint = kept ?? choose();
    this.#chosen.set(client, { endpoint, until: now + seconds * 1_000 });
    return endpoint;
  }

  /** Forgets what begins so. */
  forget(prefix: string): void {
    for (const client of this.#chosen.keys()) {
      if (client.startsWith(prefix)) {
        this.#chosen.delete(client);
      }
    }
  }
}
