import { scalingQuery } from './scalingQuery';

describe('scalingQuery', () => {
  it('is the total rate of one service on its scaled route', () => {
    expect(scalingQuery({ namespace: 'betting', service: 'odds-api' })).toBe(
      'sum(rate(http_server_requests_seconds_count{namespace="betting",service="odds-api",job="odds-api",uri="/api"}[30s]))',
    );
  });

  it('takes another route and window', () => {
    expect(
      scalingQuery({
        namespace: 'betting',
        service: 'odds-api',
        uri: '/odds/:id',
        windowSeconds: 60,
      }),
    ).toBe(
      'sum(rate(http_server_requests_seconds_count{namespace="betting",service="odds-api",job="odds-api",uri="/odds/:id"}[60s]))',
    );
  });

  it('takes the labels that tell a cluster’s series from those of others', () => {
    expect(
      scalingQuery({
        namespace: 'betting',
        service: 'odds-api',
        labels: { cluster: 'prod"eu' },
      }),
    ).toBe(
      String.raw`sum(rate(http_server_requests_seconds_count{namespace="betting",service="odds-api",job="odds-api",uri="/api",cluster="prod\"eu"}[30s]))`,
    );
  });

  it('lets no value out of its quotes', () => {
    expect(
      scalingQuery({
        namespace: 'a"} or up{x="',
        service: 'back\\slash',
        uri: '/line\nbreak',
      }),
    ).toBe(
      String.raw`sum(rate(http_server_requests_seconds_count{namespace="a\"} or up{x=\"",service="back\\slash",job="back\\slash",uri="/line\nbreak"}[30s]))`,
    );
  });
});
