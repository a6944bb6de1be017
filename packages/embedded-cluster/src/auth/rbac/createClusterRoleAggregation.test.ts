import type { Controller } from '../../ports/Controller';
import {
  openTestObjects,
  type TestObjects,
} from '../__testUtils__/openTestObjects';
import { createClusterRoleAggregation } from './createClusterRoleAggregation';

const rule = (resource: string, ...verbs: string[]) => ({
  apiGroups: [''],
  resources: [resource],
  verbs,
});

describe('createClusterRoleAggregation', () => {
  let test: TestObjects;
  let controller: Controller;
  const logged: string[] = [];

  beforeEach(async () => {
    test = await openTestObjects();
    controller = createClusterRoleAggregation({
      objects: test.objects,
      clock: test.clock,
      log: line => logged.push(line),
    });
    controller.start();
  });

  afterEach(async () => {
    await controller.stop();
    test.close();
  });

  const createRole = (
    name: string,
    labels: Record<string, string>,
    rules: unknown[],
  ) => test.create('ClusterRole', { metadata: { name, labels }, rules });
  const rulesOfAll = async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      await new Promise(resolve => setImmediate(resolve));
    }
    return test.objects.get(test.type('ClusterRole'), { name: 'all' });
  };

  it('gives an aggregating role the rules of the roles that it selects, each once', async () => {
    createRole('b', { one: 'yes' }, [
      rule('pods', 'get'),
      rule('pods', 'list'),
    ]);
    test.create('ClusterRole', {
      metadata: { name: 'all' },
      aggregationRule: {
        clusterRoleSelectors: [
          { matchLabels: { one: 'yes' } },
          { matchLabels: { two: 'yes' } },
        ],
      },
    });
    createRole('a', { two: 'yes' }, [
      rule('pods', 'list'),
      rule('services', 'get'),
    ]);
    createRole('c', { one: 'no' }, [rule('secrets', 'get')]);

    const role = await rulesOfAll();

    expect(role.rules).toEqual([
      rule('pods', 'get'),
      rule('pods', 'list'),
      rule('services', 'get'),
    ]);
    expect(role.metadata.managedFields).toContainEqual(
      expect.objectContaining({
        manager: 'clusterrole-aggregation-controller',
        operation: 'Apply',
        fieldsV1: { 'f:rules': {} },
      }),
    );
    expect(logged).toEqual([]);
  });

  it('follows roles that change and go', async () => {
    createRole('a', { one: 'yes' }, [rule('pods', 'get')]);
    test.create('ClusterRole', {
      metadata: { name: 'all' },
      aggregationRule: {
        clusterRoleSelectors: [{ matchLabels: { one: 'yes' } }],
      },
    });
    expect((await rulesOfAll()).rules).toEqual([rule('pods', 'get')]);

    createRole('b', { one: 'yes' }, [rule('services', 'get')]);
    expect((await rulesOfAll()).rules).toEqual([
      rule('pods', 'get'),
      rule('services', 'get'),
    ]);
    test.remove('ClusterRole', 'a');
    expect((await rulesOfAll()).rules).toEqual([rule('services', 'get')]);
    test.remove('ClusterRole', 'b');
    expect((await rulesOfAll()).rules ?? []).toEqual([]);
  });
});
