import { ConfigReader } from '@backstage/config';
import { assertGuestsStayOnLoopback } from './assertGuestsStayOnLoopback';

const withListen = (listen: string | { host?: string; port: number }) =>
  new ConfigReader({
    auth: { providers: { guest: {} } },
    backend: { listen },
  });

describe('assertGuestsStayOnLoopback', () => {
  it.each([
    [{ host: '127.0.0.1', port: 7007 }],
    [{ host: 'localhost', port: 7007 }],
    [{ host: '::1', port: 7007 }],
    ['127.0.0.1:7007'],
  ])('lets guests in on %j', listen => {
    expect(() => assertGuestsStayOnLoopback(withListen(listen))).not.toThrow();
  });

  it.each([
    [{ port: 7007 }, 'all interfaces'],
    [':7007', 'all interfaces'],
    ['7007', 'all interfaces'],
    [{ host: '0.0.0.0', port: 7007 }, '0.0.0.0'],
    [{ host: '192.168.1.4', port: 7007 }, '192.168.1.4'],
    [{ host: '127.example.org', port: 7007 }, '127.example.org'],
  ])('refuses %j and says what to set', (listen, named) => {
    expect(() => assertGuestsStayOnLoopback(withListen(listen))).toThrow(named);
    expect(() => assertGuestsStayOnLoopback(withListen(listen))).toThrow(
      'Set backend.listen.host to 127.0.0.1',
    );
  });

  it('has no say when nobody signs in as a guest', () => {
    const config = new ConfigReader({
      auth: { providers: { oidc: {} } },
      backend: { listen: { host: '0.0.0.0', port: 7007 } },
    });
    expect(() => assertGuestsStayOnLoopback(config)).not.toThrow();
  });
});
