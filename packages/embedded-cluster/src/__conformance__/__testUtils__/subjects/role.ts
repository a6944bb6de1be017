import fc from 'fast-check';
import { all, metadata, some } from '../arbitraries';
import type { Subject } from '../Subject';

const rule = all({
  apiGroups: fc.constantFrom([''], ['apps'], ['*']),
  resources: fc.constantFrom(['pods'], ['deployments', 'configmaps']),
  verbs: fc.constantFrom(['get'], ['get', 'list'], ['*']),
});

export const role: Subject = {
  name: 'role',
  resource: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    plural: 'roles',
  },
  isWatched: false,
  base: {
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  },
  part: fc.oneof(
    {
      weight: 8,
      arbitrary: some({ metadata, rules: fc.array(rule, { maxLength: 2 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        { rules: [{ apiGroups: [''], resources: ['pods'] }] },
        { rules: [{ verbs: ['get'] }] },
        { rules: 'all' },
        { rules: null },
        { rules: [] },
        { rules: [{ apiGroups: [''], resources: ['pods'], verbs: [] }] },
        { rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }] },
        { odd: [] },
      ),
    },
  ),
  operation: fc.constantFrom(
    {
      op: 'add',
      path: '/rules/-',
      value: { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get'] },
    },
    { op: 'remove', path: '/rules/0' },
    { op: 'add', path: '/rules/0/verbs/0', value: 'watch' },
    { op: 'replace', path: '/rules', value: [] },
  ),
  strategic: fc.constantFrom(
    { rules: [{ apiGroups: ['batch'], resources: ['jobs'], verbs: ['get'] }] },
    { metadata: { annotations: { note: 'smp' } } },
  ),
};
