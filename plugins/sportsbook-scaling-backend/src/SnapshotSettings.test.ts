import { ConfigReader } from '@backstage/config';
import { readSnapshotSettings } from './SnapshotSettings';

const read = (snapshot: object) =>
  readSnapshotSettings(new ConfigReader({ sportsbookScaling: { snapshot } }));

describe('readSnapshotSettings', () => {
  it('has a default for each', () => {
    expect(readSnapshotSettings(new ConfigReader({}))).toEqual({
      cacheSeconds: 4,
      sourceTimeoutSeconds: 3,
      keepStaleSeconds: 900,
    });
  });

  it('takes what is set', () => {
    expect(read({ cacheSeconds: 10, keepStaleSeconds: 0 })).toMatchObject({
      cacheSeconds: 10,
      keepStaleSeconds: 0,
    });
  });

  it.each([
    [{ cacheSeconds: 0 }, 'cacheSeconds'],
    [{ sourceTimeoutSeconds: 31 }, 'sourceTimeoutSeconds'],
    [{ keepStaleSeconds: -1 }, 'keepStaleSeconds'],
  ])('refuses %j, which is out of its limits', (snapshot, key) => {
    expect(() => read(snapshot)).toThrow(
      `'sportsbookScaling.snapshot.${key}' is`,
    );
  });
});
