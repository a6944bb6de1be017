import fc from 'fast-check';
import { listOf, metadata, some } from '../arbitraries';
import type { Subject } from '../Subject';
import { container, podParts, service, templateMetadata } from './podTemplate';

const template = some({
  metadata: templateMetadata,
  spec: some({
    containers: listOf(service(['main', 'side']), ['name'], 2).filter(
      list => list.length > 0,
    ),
    initContainers: listOf(container(['init']), ['name'], 1),
    ...podParts,
  }),
});

export const deployment: Subject = {
  name: 'deployment',
  resource: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    plural: 'deployments',
  },
  isWatched: true,
  base: {
    // Some annotation, so that no controller is the first to write one.
    metadata: { annotations: { kept: 'yes' } },
    spec: {
      selector: { matchLabels: { app: 'subject' } },
      template: {
        metadata: { labels: { app: 'subject' } },
        spec: {
          containers: [{ name: 'main', image: 'nowhere/image:1' }],
          volumes: [{ name: 'scratch', emptyDir: {} }],
        },
      },
    },
  },
  part: fc.oneof(
    {
      weight: 8,
      arbitrary: some({
        metadata,
        spec: some({
          replicas: fc.constantFrom(0, 1, 2),
          minReadySeconds: fc.constantFrom(0, 5),
          revisionHistoryLimit: fc.constantFrom(0, 3),
          paused: fc.boolean(),
          strategy: fc.constantFrom(
            { type: 'Recreate' },
            { type: 'RollingUpdate' },
            { rollingUpdate: { maxSurge: 1 } },
            { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '50%' } },
          ),
          template,
        }),
      }),
    },
    { weight: 8, arbitrary: some({ spec: some({ template }) }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        { spec: { replicas: 'two' } },
        { spec: { replicas: -1 } },
        { spec: { replicas: null } },
        { spec: { odd: 1 } },
        { spec: { selector: { matchLabels: { app: 'other' } } } },
        {
          spec: {
            template: {
              spec: { containers: [{ name: 'main' }, { name: 'main' }] },
            },
          },
        },
        {
          spec: { template: { spec: { containers: [{ image: 'nameless' }] } } },
        },
        { spec: { template: { spec: { containers: { name: 'main' } } } } },
        { spec: { template: { spec: { containers: null } } } },
        { spec: { template: { metadata: { labels: { app: 'other' } } } } },
        { status: { replicas: 7 } },
      ),
    },
  ),
  operation: fc.constantFrom(
    { op: 'replace', path: '/spec/replicas', value: 2 },
    { op: 'remove', path: '/spec/replicas' },
    { op: 'remove', path: '/spec/template/spec/nodeSelector' },
    {
      op: 'replace',
      path: '/spec/template/spec/containers/0/image',
      value: 'nowhere/image:9',
    },
    {
      op: 'add',
      path: '/spec/template/spec/containers/-',
      value: { name: 'side', image: 'nowhere/image:3' },
    },
    { op: 'remove', path: '/spec/template/spec/containers/1' },
    {
      op: 'add',
      path: '/spec/template/spec/containers/0/env',
      value: [{ name: 'A', value: 'json' }],
    },
    { op: 'add', path: '/spec/paused', value: true },
  ),
  strategic: fc.constantFrom(
    {
      spec: {
        template: {
          spec: { containers: [{ name: 'side', image: 'nowhere/image:4' }] },
        },
      },
    },
    {
      spec: {
        template: {
          spec: { containers: [{ name: 'side', $patch: 'delete' }] },
        },
      },
    },
    {
      spec: {
        template: {
          spec: {
            containers: [{ name: 'main', env: [{ name: 'B', value: 'smp' }] }],
          },
        },
      },
    },
    {
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'main', env: [{ name: 'A', $patch: 'delete' }] },
            ],
          },
        },
      },
    },
    {
      spec: {
        template: {
          spec: {
            containers: [
              { $patch: 'replace' },
              { name: 'main', image: 'nowhere/image:5' },
            ],
          },
        },
      },
    },
    {
      spec: {
        template: {
          spec: {
            '$setElementOrder/containers': [{ name: 'side' }, { name: 'main' }],
            containers: [{ name: 'side', image: 'nowhere/image:6' }],
          },
        },
      },
    },
    {
      spec: {
        template: { spec: { containers: [{ image: 'nowhere/image:6' }] } },
      },
    },
    { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
    {
      spec: {
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 2 } },
      },
    },
    {
      spec: {
        template: {
          spec: {
            volumes: [
              {
                name: 'scratch',
                $retainKeys: ['name', 'configMap'],
                configMap: { name: 'settings' },
              },
            ],
          },
        },
      },
    },
    {
      spec: {
        template: { spec: { tolerations: [{ key: 'c', operator: 'Exists' }] } },
      },
    },
    {
      spec: {
        template: {
          spec: { nodeSelector: { $patch: 'replace', disk: 'ssd' } },
        },
      },
    },
    {
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'main', ports: [{ containerPort: 8080, name: 'web' }] },
            ],
          },
        },
      },
    },
  ),
};
