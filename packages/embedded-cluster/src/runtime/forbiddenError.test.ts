import scaledObject from '../api/__fixtures__/scaledobject-get-forbidden.json';
import serviceProxy from '../api/__fixtures__/service-proxy-forbidden.json';
import { forbiddenError } from './forbiddenError';

const user = { username: 'alice', groups: [] };

describe('forbiddenError', () => {
  it('says what a real server says about a resource of a group', () => {
    expect(
      forbiddenError(
        {
          user,
          verb: 'get',
          group: 'keda.sh',
          resource: 'scaledobjects',
          namespace: 'rev',
          name: 'sb-api',
        },
        '',
      ).toStatus(),
    ).toEqual(scaledObject);
  });

  it('says what a real server says about a subresource', () => {
    expect(
      forbiddenError(
        {
          user,
          verb: 'get',
          group: '',
          resource: 'services',
          subresource: 'proxy',
          namespace: 'rev',
          name: 'prometheus-operated:9090',
        },
        '',
      ).toStatus(),
    ).toEqual(serviceProxy);
  });

  it('names the path where no resource is addressed', () => {
    expect(
      forbiddenError({ user, verb: 'get', path: '/metrics' }, '').toStatus(),
    ).toMatchObject({
      message: 'forbidden: User "alice" cannot get path "/metrics"',
      details: {},
    });
  });

  it('says where the cluster as a whole was asked', () => {
    expect(
      forbiddenError({ user, verb: 'list', group: '', resource: 'pods' }, '')
        .message,
    ).toBe(
      'pods is forbidden: User "alice" cannot list resource "pods" in API group "" at the cluster scope',
    );
  });

  it('ends with the reason of the authorizer', () => {
    expect(
      forbiddenError(
        { user, verb: 'get', path: '/metrics' },
        'RBAC: role.rbac.authorization.k8s.io "nope" not found',
      ).message,
    ).toBe(
      'forbidden: User "alice" cannot get path "/metrics": RBAC: role.rbac.authorization.k8s.io "nope" not found',
    );
  });
});
