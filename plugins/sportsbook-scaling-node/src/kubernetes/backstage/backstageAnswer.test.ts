import { backstageAnswer } from './backstageAnswer';

const answer = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) => ({
  status,
  headers: new Headers(headers),
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const error = (name: string, message: string) => ({ error: { name, message } });

it.each([
  [404, error('NotFoundError', "Cluster 'x' not found"), 'unknownCluster'],
  [404, error('NotFoundError', 'No Clusters configured'), 'unknownCluster'],
  [
    503,
    error('ServiceUnavailableError', 'Service is shutting down'),
    'notServing',
  ],
  [403, error('NotAllowedError', 'Unauthorized'), 'refused'],
  [404, '', 'noPlugin'],
])('knows Backstage’s own %i %j', (status, body, type) => {
  expect(backstageAnswer(answer(status, body))).toMatchObject({ type });
});

it('keeps the reason why a cluster is unreachable', () => {
  expect(
    backstageAnswer(
      answer(
        500,
        error(
          'Error',
          "Cluster 'x' request error; caused by Error: getaddrinfo ENOTFOUND x",
        ),
      ),
    ),
  ).toEqual({
    type: 'unreachableCluster',
    reason: 'getaddrinfo ENOTFOUND x',
  });
});

it.each([
  [404, { kind: 'Status', code: 404 }],
  [404, '404 page not found\n'],
  [500, { kind: 'Status', message: 'failed to create typed patch object' }],
  [200, error('Any', 'thing')],
])('leaves %i %j to the cluster', (status, body) => {
  expect(backstageAnswer(answer(status, body))).toBeUndefined();
});

it('leaves all that an API server has audited to the cluster, whatever it looks like', () => {
  const headers = { 'Audit-Id': '41' };
  expect(
    backstageAnswer(answer(503, error('Down', 'for now'), headers)),
  ).toBeUndefined();
  expect(backstageAnswer(answer(404, '', headers))).toBeUndefined();
});
