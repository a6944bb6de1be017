import { FormChoicesClient } from './FormChoicesClient';

function clientWith(answer: unknown, status = 200) {
  const requests: { url: string; headers: Headers }[] = [];
  const client = new FormChoicesClient({
    discoveryApi: {
      getBaseUrl: async id => `http://backstage/api/${id}`,
    },
    fetchApi: {
      fetch: async (input, init) => {
        const request = new Request(input, init);
        requests.push({ url: request.url, headers: request.headers });
        return new Response(JSON.stringify(answer), {
          status,
          headers: { 'Content-Type': 'application/json' },
        });
      },
    },
  });
  return { client, requests };
}

const namespaces = {
  existing: { status: 'listed', names: ['betting'] },
  allowed: ['*'],
};

describe('FormChoicesClient', () => {
  it('asks for the clusters of a template', async () => {
    const answer = { clusters: [{ name: 'dev', access: 'userToken' }] };
    const { client, requests } = clientWith(answer);
    expect(
      await client.getClusters({ templateRef: 'template:default/a' }),
    ).toEqual(answer);
    expect(requests[0].url).toBe(
      'http://backstage/api/sportsbook-scaling/v1/clusters?template=template%3Adefault%2Fa',
    );
  });

  it("sends the user's Kubernetes token as a header, never in the address", async () => {
    const { client, requests } = clientWith(namespaces);
    expect(await client.getNamespaces('a b', { userToken: 'of-ada' })).toEqual(
      namespaces,
    );
    expect(requests[0].url).toBe(
      'http://backstage/api/sportsbook-scaling/v1/clusters/a%20b/namespaces',
    );
    expect(requests[0].headers.get('x-kubernetes-token')).toBe('of-ada');
  });

  it('sends no such header without a token', async () => {
    const { client, requests } = clientWith(namespaces);
    await client.getNamespaces('dev');
    expect(requests[0].headers.has('x-kubernetes-token')).toBe(false);
  });

  it('says why it is refused', async () => {
    const { client } = clientWith(
      {
        error: { name: 'NotAllowedError', message: 'No rule allows it.' },
        response: { statusCode: 403 },
      },
      403,
    );
    await expect(client.getNamespaces('dev')).rejects.toMatchObject({
      name: 'ResponseError',
      cause: { message: 'No rule allows it.' },
    });
  });

  it('refuses an answer that is none', async () => {
    const { client } = clientWith({ clusters: 'all' });
    await expect(client.getClusters()).rejects.toThrow(/clusters/);
  });
});
