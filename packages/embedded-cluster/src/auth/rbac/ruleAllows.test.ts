import type { AccessRequest } from '../../ports/Authorizer';
import { ruleAllows } from './ruleAllows';

const rule = (parts: Record<string, string[]>) => ({
  verbs: ['get'],
  apiGroups: [''],
  resources: [],
  resourceNames: [],
  nonResourceURLs: [],
  ...parts,
});

const asking = (parts: Partial<AccessRequest>): AccessRequest => ({
  user: { username: 'jane', groups: [] },
  verb: 'get',
  ...parts,
});

describe('ruleAllows', () => {
  it.each([
    ['pods', [''], { resource: 'pods' }, true],
    ['pods', [''], { resource: 'pods', subresource: 'log' }, false],
    ['pods/log', [''], { resource: 'pods', subresource: 'log' }, true],
    ['pods/log', [''], { resource: 'pods' }, false],
    ['*', [''], { resource: 'pods', subresource: 'exec' }, true],
    [
      '*/scale',
      ['*'],
      { group: 'apps', resource: 'deployments', subresource: 'scale' },
      true,
    ],
    ['*/scale', ['*'], { group: 'apps', resource: 'deployments' }, false],
    ['deployments', ['apps'], { resource: 'deployments' }, false],
    ['deployments', ['apps'], { group: 'apps', resource: 'deployments' }, true],
    ['pods', [''], { verb: 'list', resource: 'pods' }, false],
    ['pods', [''], { path: '/pods' }, false],
  ])('judges %s of %j against %j as %s', (resource, apiGroups, access, is) => {
    expect(
      ruleAllows(rule({ resources: [resource], apiGroups }), asking(access)),
    ).toBe(is);
  });

  it('allows named objects only, and never a list, where a rule has names', () => {
    const named = rule({ resources: ['secrets'], resourceNames: ['token'] });
    const get = (name?: string) =>
      ruleAllows(named, asking({ resource: 'secrets', name }));

    expect([get('token'), get('other'), get()]).toEqual([true, false, false]);
  });

  it.each([
    ['/metrics', '/metrics', true],
    ['/metrics', '/metrics/more', false],
    ['/apis/*', '/apis/apps', true],
    ['/apis/*', '/apis', false],
    ['/a*', '/apis', true],
    ['*', '/whatever', true],
  ])('judges the path %s against %s as %s', (pattern, path, is) => {
    expect(
      ruleAllows(rule({ nonResourceURLs: [pattern] }), asking({ path })),
    ).toBe(is);
  });
});
