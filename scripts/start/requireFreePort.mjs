import { createServer } from 'node:net';
import { SetupError } from '../setup/SetupError.mjs';
import { portOwner } from './portOwner.mjs';

/**
 * Makes sure that a port of the loopback interface can be listened on.
 *
 * @param port the port
 * @param flag the flag that chooses another
 * @throws SetupError that names the owner, as far as the system tells
 */
export async function requireFreePort(port, flag) {
  const problem = await new Promise(resolve => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
  if (problem === undefined) {
    return;
  }
  if (problem.code === 'EACCES') {
    throw new SetupError(
      `Port ${port} needs rights that you do not have. Choose another with ${flag} <number>.`,
    );
  }
  if (problem.code !== 'EADDRINUSE') {
    throw problem;
  }
  const owner = portOwner(port);
  const held = owner
    ? `process ${owner.pid} (${owner.command})`
    : 'another program (of another user, or not visible from here)';
  throw new SetupError(
    `Port ${port} of 127.0.0.1 is held by ${held}. Stop that, or choose another port with ${flag} <number>.`,
  );
}
