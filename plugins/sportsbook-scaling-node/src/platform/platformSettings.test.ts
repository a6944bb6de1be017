import { ConfigReader } from '@backstage/config';
import { PINNED_RELEASES, readPlatformSettings } from './platformSettings';

const read = (platform?: object) =>
  readPlatformSettings(
    new ConfigReader({
      sportsbookScaling: platform === undefined ? {} : { platform },
    }),
  );

describe('readPlatformSettings', () => {
  it('pins the tested releases where nothing is configured', () => {
    expect(read()).toEqual({ releases: PINNED_RELEASES });
  });

  it('takes a mirror of the same file by its address alone', () => {
    const url = 'https://mirror.example.com/keda.yaml';
    expect(read({ releases: { keda: { url } } }).releases.keda).toEqual({
      ...PINNED_RELEASES.keda,
      url,
    });
  });

  it('takes another release by version and digest together', () => {
    const keda = { version: '2.21.0', sha256: 'a'.repeat(64) };
    expect(read({ releases: { keda } }).releases.keda).toMatchObject(keda);
    expect(() => read({ releases: { keda: { version: '2.21.0' } } })).toThrow(
      /releases\.keda: version and sha256 belong together/,
    );
  });

  it('refuses what is no registry, no version and no digest', () => {
    expect(() =>
      read({
        imageRegistry: 'https://mirror.example.com',
        releases: { prometheusOperator: { version: 'v1', sha256: 'x' } },
      }),
    ).toThrow(
      /version: 'v1' must be a version.*\n.*sha256: must be 64.*\n.*imageRegistry: must be host/,
    );
  });
});
