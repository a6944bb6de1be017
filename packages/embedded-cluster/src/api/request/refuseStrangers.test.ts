import { refuseStrangers } from './refuseStrangers';

describe('refuseStrangers', () => {
  it.each([
    '127.0.0.1:6443',
    'localhost:1234',
    'LOCALHOST',
    '[::1]:6443',
    'kubernetes.default.svc',
    '10.43.0.1:443',
  ])('lets %s through', host => {
    expect(() => refuseStrangers({ host })).not.toThrow();
  });

  it.each(['evil.example', '127.0.0.1.evil.example', '192.168.1.5:6443', ''])(
    'refuses the host "%s", so that no name can be pointed here',
    host => {
      expect(() => refuseStrangers({ host })).toThrow(
        'answers to 127.0.0.1 and localhost only',
      );
    },
  );

  it.each([{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'none' }])(
    'refuses a page: %p',
    headers => {
      expect(() => refuseStrangers({ host: 'localhost', ...headers })).toThrow(
        'serves no web pages',
      );
    },
  );

  it('lets a proxy through that hands on the origin of its own page', () => {
    expect(() =>
      refuseStrangers({
        host: '127.0.0.1',
        origin: 'http://localhost:3000',
        'backstage-kubernetes-cluster': 'embedded',
      }),
    ).not.toThrow();
  });
});
