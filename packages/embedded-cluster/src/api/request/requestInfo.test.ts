import { accessOf, requestInfo } from './requestInfo';

function info(method: string, url: string) {
  const [path, query] = url.split('?');
  return requestInfo(method, path, new URLSearchParams(query));
}

describe('requestInfo', () => {
  it.each([
    ['GET', '/api/v1/pods', 'list', { resource: 'pods' }],
    ['GET', '/api/v1/pods?watch=true', 'watch', { resource: 'pods' }],
    ['GET', '/api/v1/pods?watch=0', 'list', { resource: 'pods' }],
    ['GET', '/api/v1/watch/pods', 'watch', { resource: 'pods' }],
    [
      'DELETE',
      '/api/v1/namespaces/a/pods',
      'deletecollection',
      { resource: 'pods', namespace: 'a' },
    ],
    [
      'DELETE',
      '/api/v1/namespaces/a/pods/b',
      'delete',
      { resource: 'pods', namespace: 'a', name: 'b' },
    ],
    [
      'GET',
      '/api/v1/namespaces/a',
      'get',
      { resource: 'namespaces', namespace: 'a', name: 'a' },
    ],
    [
      'PUT',
      '/api/v1/namespaces/a/finalize',
      'update',
      {
        resource: 'namespaces',
        namespace: 'a',
        name: 'a',
        subresource: 'finalize',
      },
    ],
    [
      'PATCH',
      '/apis/apps/v1/namespaces/a/deployments/b/scale',
      'patch',
      {
        group: 'apps',
        resource: 'deployments',
        namespace: 'a',
        name: 'b',
        subresource: 'scale',
      },
    ],
    [
      'GET',
      '/api/v1/namespaces/a/services/http:b:web/proxy/api/v1//query',
      'get',
      {
        resource: 'services',
        namespace: 'a',
        name: 'http:b:web',
        subresource: 'proxy',
        rest: '/api/v1//query',
      },
    ],
    [
      'GET',
      '/api/v1/namespaces/a/pods/b%3A80/proxy/',
      'get',
      {
        resource: 'pods',
        namespace: 'a',
        name: 'b:80',
        subresource: 'proxy',
        rest: '/',
      },
    ],
  ])('reads %s %s as %s', (method, url, verb, address) => {
    expect(info(method, url)).toEqual({
      path: url.split('?')[0],
      verb,
      address: { group: '', version: 'v1', ...address },
    });
  });

  it.each([
    '/',
    '/version',
    '/api',
    '/api/v1',
    '/apis/apps/v1',
    '/apis/apps/v1/',
  ])('takes %s for a path that addresses no resource', path => {
    expect(info('GET', path)).toEqual({ path, verb: 'get' });
  });

  it('asks for the right to the one object that a field selector names', () => {
    const request = info(
      'GET',
      '/api/v1/namespaces/a/pods?watch=1&fieldSelector=metadata.name%3Db',
    );
    expect(accessOf(request)).toEqual({
      verb: 'watch',
      group: '',
      resource: 'pods',
      subresource: undefined,
      namespace: 'a',
      name: 'b',
    });
  });

  it('refuses a path that is not well encoded', () => {
    expect(() => info('GET', '/api/v1/namespaces/%zz/pods')).toThrow(
      'invalid URL escape "%zz"',
    );
  });
});
