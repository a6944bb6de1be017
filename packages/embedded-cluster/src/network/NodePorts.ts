import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../model/Clock';
import type { DialAnswer } from '../ports/ClusterNetwork';

const RETRY_MILLISECONDS = 5_000;

export interface NodePortsOptions {
  clock: Clock;
  /** For each connection. */
  dial(service: ServicePort, client: string): DialAnswer;
  /** Another process of the machine has the port, or it cannot be opened for another reason. */
  onRefused(service: ServicePort, nodePort: number, error: Error): void;
}

export interface ServicePort {
  namespace: string;
  name: string;
  port: number;
}

interface Listening {
  service: ServicePort;
  server?: Server;
  cancelRetry?: () => void;
}

/** Listeners on 127.0.0.1 for the node ports of Services: each connection goes to one endpoint. */
export class NodePorts {
  readonly #options: NodePortsOptions;
  readonly #ports = new Map<number, Listening>();
  readonly #sockets = new Set<Socket>();

  constructor(options: NodePortsOptions) {
    this.#options = options;
  }

  /** Makes the node ports of one Service what they are to be; none ends them. */
  set(
    owner: { namespace: string; name: string },
    wanted: readonly { nodePort: number; port: number }[],
  ): void {
    for (const [nodePort, { service }] of this.#ports) {
      if (
        service.namespace === owner.namespace &&
        service.name === owner.name &&
        !wanted.some(
          other => other.nodePort === nodePort && other.port === service.port,
        )
      ) {
        this.#close(nodePort);
      }
    }
    for (const { nodePort, port } of wanted) {
      if (!this.#ports.has(nodePort)) {
        const { namespace, name } = owner;
        this.#ports.set(nodePort, { service: { namespace, name, port } });
        this.#open(nodePort);
      }
    }
  }

  /** Resolves when no listener and no connection is left. */
  async stop(): Promise<void> {
    const closed = [...this.#ports].map(([nodePort, { server }]) => {
      const done = server?.listening
        ? new Promise<void>(resolve => {
            server.once('close', () => resolve());
          })
        : undefined;
      this.#close(nodePort);
      return done;
    });
    this.#sockets.forEach(socket => socket.destroy());
    await Promise.all(closed);
  }

  #open(nodePort: number): void {
    const listening = this.#ports.get(nodePort);
    if (!listening) {
      return;
    }
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    listening.server = server;
    server.on('connection', socket => this.#accept(socket, listening.service));
    // For good: it may also fail while it listens.
    server.on('error', error => {
      if (this.#ports.get(nodePort) === listening) {
        listening.cancelRetry?.();
        server.close();
        this.#options.onRefused(listening.service, nodePort, error);
        listening.cancelRetry = this.#options.clock.after(
          RETRY_MILLISECONDS,
          () => this.#open(nodePort),
        );
      }
    });
    server.listen({ host: '127.0.0.1', port: nodePort, exclusive: true });
  }

  #close(nodePort: number): void {
    const listening = this.#ports.get(nodePort);
    this.#ports.delete(nodePort);
    listening?.cancelRetry?.();
    // Connections that are open stay, as those that conntrack knows do.
    listening?.server?.close();
  }

  #accept(client: Socket, service: ServicePort): void {
    const answer = this.#options.dial(service, client.remoteAddress ?? '');
    if (answer.status !== 'ok') {
      client.on('error', () => undefined);
      client.resetAndDestroy();
      return;
    }
    const { port } = answer.address;
    if (
      !Number.isInteger(port) ||
      port < 1 ||
      port > 65_535 ||
      // It would lead to itself, or to another one and back, without an end.
      this.#ports.has(port)
    ) {
      // `connect` would throw for what is none, and nobody is above to catch it.
      client.on('error', () => undefined);
      client.resetAndDestroy();
      return;
    }
    const endpoint = connect({
      ...answer.address,
      allowHalfOpen: true,
      noDelay: true,
    });
    this.#join(client, endpoint);
    this.#join(endpoint, client);
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.pipe(to);
    from.on('error', () => to.resetAndDestroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      // What was still to be written is lost with its reader, not with its writer.
      to.end();
    });
  }
}
