import { assertPlainPath, resourcePath, withQuery } from './resourcePath';

const resource = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  plural: 'deployments',
  namespaced: true,
  verbs: [],
};
const core = {
  ...resource,
  apiVersion: 'v1',
  plural: 'nodes',
  namespaced: false,
};

it('builds paths of the core and of groups', () => {
  expect(resourcePath(resource, { namespace: 'betting', name: 'odds' })).toBe(
    '/apis/apps/v1/namespaces/betting/deployments/odds',
  );
  expect(resourcePath(resource)).toBe('/apis/apps/v1/deployments');
  expect(resourcePath(core, { namespace: 'ignored', name: 'n' })).toBe(
    '/api/v1/nodes/n',
  );
});

it('encodes every segment, so that a name cannot become a path', () => {
  expect(
    resourcePath(resource, { namespace: 'a/b', name: '../secrets?x=1' }),
  ).toBe('/apis/apps/v1/namespaces/a%2Fb/deployments/..%2Fsecrets%3Fx%3D1');
  expect(() => resourcePath(resource, { name: '..' })).toThrow(/no name/);
  expect(() => resourcePath(resource, { name: '' })).toThrow(/no name/);
});

it('appends only parameters that are defined', () => {
  expect(withQuery('/x', { a: undefined, b: 'c=d&e', f: true })).toBe(
    '/x?b=c%3Dd%26e&f=true',
  );
  expect(withQuery('/x', { a: undefined })).toBe('/x');
});

it.each([
  '/api/v1/namespaces/a/services/http:p:9090/proxy/api/v1/query?query=up',
  '/readyz',
])('lets %s pass', path => {
  expect(() => assertPlainPath(path)).not.toThrow();
});

it.each([
  'readyz',
  '//other/../x',
  '/a/../b',
  '/a/%2e%2e/b',
  '/a/..%2fb',
  '/a\\b',
  '/a#b',
  '/a b',
  '/%zz',
])('refuses %s', path => {
  expect(() => assertPlainPath(path)).toThrow(/is no path/);
});
