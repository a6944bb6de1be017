import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { isLoopback } from './isLoopback';

function listenHost(config: Config): string {
  const listen = config.getOptional('backend.listen');
  if (typeof listen === 'string') {
    const separator = listen.lastIndexOf(':');
    return separator === -1 ? '' : listen.slice(0, separator);
  }
  return config.getOptionalString('backend.listen.host') ?? '';
}

/**
 * With guest sign-in everybody who reaches the port is signed in, so the port
 * may be reached from this machine alone.
 *
 * @throws InputError when guest sign-in is configured and `backend.listen`
 * names anything but a loopback address (without a host Backstage listens on
 * all interfaces)
 */
export function assertGuestsStayOnLoopback(config: Config): void {
  if (!config.has('auth.providers.guest')) {
    return;
  }
  const host = listenHost(config);
  if (!isLoopback(host)) {
    throw new InputError(
      `Guest sign-in is configured (auth.providers.guest) and the backend would listen on ${
        host === '' ? 'all interfaces' : `'${host}'`
      }, where anybody could sign in. ` +
        `Set backend.listen.host to 127.0.0.1, or configure a real sign-in provider and remove auth.providers.guest.`,
    );
  }
}
