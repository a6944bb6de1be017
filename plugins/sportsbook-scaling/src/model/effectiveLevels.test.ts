import { pausedWithGap, underLoad } from '../__fixtures__/snapshots';
import { effectiveLevels } from './effectiveLevels';

describe('effectiveLevels', () => {
  it('are the levels while the rate decides', () => {
    expect(effectiveLevels(underLoad)).toEqual(underLoad.levels);
  });

  it('are none while a pause decides', () => {
    expect(pausedWithGap.levels).not.toEqual({});
    expect(effectiveLevels(pausedWithGap)).toEqual({});
  });
});
