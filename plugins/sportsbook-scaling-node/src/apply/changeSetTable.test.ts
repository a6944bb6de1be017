import { changeSetTable } from './changeSetTable';

describe('changeSetTable', () => {
  it('has a row for each object, with what changed, why and where it is written', () => {
    expect(
      changeSetTable([
        {
          ref: { apiVersion: 'v1', kind: 'Service', name: 'a', namespace: 'b' },
          action: 'configured',
          changedFields: ['.a', '.b', '.c', '.d', '.e', '.f', '.g'],
          file: 'k8s/a.yaml',
          line: 3,
          warnings: ['beware | of\npipes'],
        },
        {
          ref: { apiVersion: 'v1', kind: 'Namespace', name: 'b' },
          action: 'skipped',
          reason: 'there is none',
          warnings: [],
        },
      ]),
    ).toBe(
      [
        '| Object | Change | Details | Source |',
        '| --- | --- | --- | --- |',
        '| Service b/a | configured | `.a`, `.b`, `.c`, `.d`, `.e` and 2 more; Warning: beware \\| of pipes | k8s/a.yaml:3 |',
        '| Namespace b | skipped | there is none |  |',
      ].join('\n'),
    );
  });
});
