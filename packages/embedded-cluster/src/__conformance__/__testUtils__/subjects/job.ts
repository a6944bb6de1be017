import fc from 'fast-check';
import { listOf, metadata, some } from '../arbitraries';
import type { Subject } from '../Subject';
import { service } from './podTemplate';

export const job: Subject = {
  name: 'job',
  resource: { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs' },
  isWatched: true,
  base: {
    spec: {
      // Nothing of it ever runs.
      suspend: true,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: 'nowhere/image:1' }],
          volumes: [{ name: 'scratch', emptyDir: {} }],
        },
      },
    },
  },
  isReplaced: false,
  part: fc.oneof(
    {
      weight: 8,
      arbitrary: some({
        metadata,
        spec: some({
          suspend: fc.constant(true),
          parallelism: fc.constantFrom(0, 1, 2),
          backoffLimit: fc.constantFrom(0, 3),
          activeDeadlineSeconds: fc.constantFrom(60, 120),
          ttlSecondsAfterFinished: fc.constantFrom(0, 60),
        }),
      }),
    },
    {
      weight: 2,
      arbitrary: some({
        spec: some({
          // What scheduling needs may change until a controller has seen the
          // Job, which is a race; what runs in it may not.
          template: some({
            spec: some({
              containers: listOf(service(['main', 'side']), ['name'], 2).filter(
                list => list.length > 0,
              ),
              restartPolicy: fc.constantFrom('Never', 'OnFailure', 'Always'),
            }),
          }),
        }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        { spec: { parallelism: -1 } },
        { spec: { completions: 2 } },
        { spec: { backoffLimit: 'three' } },
        { spec: { selector: { matchLabels: { app: 'other' } } } },
        { spec: { manualSelector: true } },
        { spec: { odd: true } },
        { status: { active: 3 } },
      ),
    },
  ),
  operation: fc.constantFrom(
    { op: 'replace', path: '/spec/parallelism', value: 2 },
    { op: 'remove', path: '/spec/parallelism' },
    { op: 'replace', path: '/spec/completions', value: 5 },
    { op: 'add', path: '/spec/backoffLimit', value: 1 },
    {
      op: 'replace',
      path: '/spec/template/spec/containers/0/image',
      value: 'nowhere/image:9',
    },
    { op: 'add', path: '/metadata/labels/json', value: 'yes' },
  ),
  strategic: fc.constantFrom(
    { spec: { parallelism: 2, backoffLimit: null } },
    {
      spec: {
        template: {
          spec: { containers: [{ name: 'main', image: 'nowhere/image:7' }] },
        },
      },
    },
    { metadata: { labels: { $patch: 'replace', one: 'smp' } } },
  ),
};
