import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';

import { listensOn } from './listensOn';

/** Other systems do not tell. */
const told = (answer: boolean) =>
  process.platform === 'linux' ? answer : undefined;

describe('listensOn', () => {
  it.each(['127.0.0.1', '::1'])(
    'knows who listens, at %s, from who is connected or who has closed',
    async host => {
      const server = createServer().listen(0, host);
      await once(server, 'listening');
      const port = portOf(server.address());
      const client = connect(port, host);
      await once(client, 'connect');
      expect(listensOn(process.pid, port)).toBe(told(true));
      expect(listensOn(process.pid, client.localPort ?? 0)).toBe(told(false));
      // The port is taken, but by another process.
      expect(listensOn(process.ppid, port)).toBe(told(false));
      client.destroy();
      server.close();
      await once(server, 'close');
      expect(listensOn(process.pid, port)).toBe(told(false));
    },
  );
});

function portOf(address: ReturnType<Server['address']>): number {
  if (address === null || typeof address === 'string') {
    throw new Error('The server does not listen on a port.');
  }
  return address.port;
}
