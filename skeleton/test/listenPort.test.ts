import { listenPort } from '../src/listenPort';

describe('the port', () => {
  it('is the one that the manifests name, unless PORT says otherwise', () => {
    expect(listenPort({})).toBe(8080);
    expect(listenPort({ PORT: '3000' })).toBe(3000);
  });

  it.each(['http', '-1', '65536', '80.5'])('refuses PORT=%s', PORT => {
    expect(() => listenPort({ PORT })).toThrow(`PORT is '${PORT}'`);
  });
});
