import { ChangeSet } from '../model/ChangeSet';
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

  it('keeps to a size that fits a log, however many objects there are and however long the reasons', () => {
    const changeSet: ChangeSet = Array.from({ length: 5_000 }, (_, index) => ({
      ref: { apiVersion: 'v1', kind: 'Service', name: `a${index}` },
      action: index < 300 ? 'failed' : 'unchanged',
      reason: 'x'.repeat(100_000),
      warnings: [],
    }));
    const table = changeSetTable(changeSet);
    expect(table.length).toBeLessThan(200_000);
    expect(table.split('\n').at(-1)).toBe(
      '| … and 4800 more | 4700 unchanged, 100 failed |  |  |',
    );
  });
});
