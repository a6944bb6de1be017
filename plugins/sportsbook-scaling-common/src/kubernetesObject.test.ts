import { object } from './__testUtils__/object';
import { formatObjectRef, groupKindOf, objectRefOf } from './kubernetesObject';

describe('objectRefOf', () => {
  it('names an object in its namespace', () => {
    expect(objectRefOf(object('apps/v1', 'Deployment'))).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'betting',
      name: 'odds-api',
    });
  });

  it('leaves the namespace out where there is none', () => {
    expect(
      objectRefOf({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'betting' },
      }),
    ).toEqual({ apiVersion: 'v1', kind: 'Namespace', name: 'betting' });
  });
});

describe('formatObjectRef', () => {
  it('writes references as people do', () => {
    const ref = { apiVersion: 'v1', kind: 'Service', name: 'odds-api' };
    expect(formatObjectRef({ ...ref, namespace: 'betting' })).toBe(
      'Service betting/odds-api',
    );
    expect(formatObjectRef(ref)).toBe('Service odds-api');
  });
});

describe('groupKindOf', () => {
  it('drops the version and leaves the core group empty', () => {
    expect(groupKindOf({ apiVersion: 'apps/v1', kind: 'Deployment' })).toBe(
      'apps/Deployment',
    );
    expect(groupKindOf({ apiVersion: 'v1', kind: 'Service' })).toBe('/Service');
  });
});
