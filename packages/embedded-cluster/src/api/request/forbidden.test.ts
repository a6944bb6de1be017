import scaledObject from '../__fixtures__/scaledobject-get-forbidden.json';
import serviceProxy from '../__fixtures__/service-proxy-forbidden.json';
import { forbidden } from './forbidden';

const user = { username: 'alice', groups: [] };

describe('forbidden', () => {
  it('says what a real server says about a resource of a group', () => {
    expect(
      forbidden({
        user,
        verb: 'get',
        group: 'keda.sh',
        resource: 'scaledobjects',
        namespace: 'rev',
        name: 'sb-api',
      }).toStatus(),
    ).toEqual(scaledObject);
  });

  it('says what a real server says about a subresource', () => {
    expect(
      forbidden({
        user,
        verb: 'get',
        group: '',
        resource: 'services',
        subresource: 'proxy',
        namespace: 'rev',
        name: 'prometheus-operated:9090',
      }).toStatus(),
    ).toEqual(serviceProxy);
  });

  it('names the path where no resource is addressed', () => {
    expect(
      forbidden({ user, verb: 'get', path: '/metrics' }).toStatus(),
    ).toMatchObject({
      message: 'forbidden: User "alice" cannot get path "/metrics"',
      details: {},
    });
  });

  it('says where the cluster as a whole was asked', () => {
    expect(
      forbidden({ user, verb: 'list', group: '', resource: 'pods' }).message,
    ).toBe(
      'pods is forbidden: User "alice" cannot list resource "pods" in API group "" at the cluster scope',
    );
  });
});
