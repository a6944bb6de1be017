import { ResponseError } from '@backstage/errors';

/** The error that an answer of Backstage's backend turns into. */
export async function errorResponse(
  status: number,
  error: { name: string; message: string },
): Promise<ResponseError> {
  const body = JSON.stringify({ error, response: { statusCode: status } });
  const headers = new Headers({ 'content-type': 'application/json' });
  return await ResponseError.fromResponse({
    ok: false,
    status,
    statusText: error.name,
    headers,
    redirected: false,
    type: 'basic',
    url: 'http://localhost/api/sportsbook-scaling',
    text: async () => body,
  });
}
