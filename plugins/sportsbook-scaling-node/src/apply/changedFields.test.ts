import { changedFields } from './changedFields';

const base = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', resourceVersion: '1', generation: 1 },
};

describe('changedFields', () => {
  it('ignores status and what the server keeps in the metadata', () => {
    expect(
      changedFields(
        { ...base, status: { ready: 1 } },
        {
          ...base,
          metadata: { name: 'a', resourceVersion: '2', managedFields: [] },
        },
      ),
    ).toEqual([]);
  });

  it('names added, removed and changed fields by path', () => {
    expect(
      changedFields(
        { ...base, data: { same: '1', gone: '1', 'a/b': '1' }, list: [1, 2] },
        {
          ...base,
          data: { same: '1', come: '1', 'a/b': '2' },
          list: [1, 3, 4],
        },
      ),
    ).toEqual([
      '.data.gone',
      '.data["a/b"]',
      '.data.come',
      '.list[1]',
      '.list[2]',
    ]);
  });
});
