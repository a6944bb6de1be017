import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../src/app';
import { createLifecycle, type Lifecycle } from '../src/lifecycle';
import { listen } from '../src/listen';

export interface RunningService {
  url: string;
  server: Server;
  lifecycle: Lifecycle;
  errors: unknown[];
  stop(): Promise<void>;
}

/** The whole service on a free port of this machine. */
export async function startService(podName: string): Promise<RunningService> {
  const lifecycle = createLifecycle();
  const errors: unknown[] = [];
  const app = createApp({
    lifecycle,
    podName,
    onError: error => errors.push(error),
  });
  const server = await listen(app, 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    lifecycle,
    errors,
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
