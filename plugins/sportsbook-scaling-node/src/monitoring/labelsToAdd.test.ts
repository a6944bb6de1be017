import { labelSelectorSchema } from './labelSelector';
import { labelsToAdd } from './labelsToAdd';

const gapOf = (selector: object, labels: Record<string, string> = {}) =>
  labelsToAdd(labelSelectorSchema.parse(selector), labels);

describe('labelsToAdd', () => {
  it('asks for nothing where the selector selects already', () => {
    expect(gapOf({})).toEqual({ status: 'none' });
    expect(gapOf({ matchLabels: { a: 'b' } }, { a: 'b', c: 'd' })).toEqual({
      status: 'none',
    });
  });

  it('finds a value for every demand', () => {
    expect(
      gapOf({
        matchLabels: { release: 'stack' },
        matchExpressions: [
          { key: 'tier', operator: 'In', values: ['gold', 'silver'] },
          { key: 'tier', operator: 'NotIn', values: ['gold'] },
          { key: 'scrape', operator: 'Exists' },
          { key: 'old', operator: 'DoesNotExist' },
        ],
      }),
    ).toEqual({
      status: 'addable',
      labels: { release: 'stack', tier: 'silver', scrape: 'true' },
    });
  });

  it('leaves the labels that are there, and names those in the way', () => {
    expect(
      gapOf(
        {
          matchLabels: { app: 'other', release: 'stack' },
          matchExpressions: [{ key: 'old', operator: 'DoesNotExist' }],
        },
        { app: 'odds', old: 'yes' },
      ),
    ).toEqual({ status: 'contrary', keys: ['app', 'old'] });
  });

  it('knows a demand that nothing can meet', () => {
    expect(
      gapOf({
        matchExpressions: [
          { key: 'a', operator: 'In', values: ['x'] },
          { key: 'a', operator: 'DoesNotExist' },
        ],
      }),
    ).toEqual({ status: 'contrary', keys: ['a'] });
  });
});
