import { PLATFORM_VERSIONS, plainVersion, supportOf } from './platformVersions';
import { PINNED_RELEASES } from './platformSettings';

describe('platformVersions', () => {
  it.each([
    ['v1.36.3', '1.36.3'],
    ['v1.33.1-eks-1de2ab1', '1.33.1'],
    ['1.36.3+embedded', '1.36.3'],
    ['main', undefined],
    [undefined, undefined],
  ])('reads %s as %s', (text, version) => {
    expect(plainVersion(text)).toBe(version);
  });

  it.each([
    ['2.20.2', 'tested'],
    ['2.18.0', 'untested'],
    ['2.16.1', 'tooOld'],
    ['2.21.0', 'newerThanTested'],
    ['main', 'unknown'],
  ])('calls KEDA %s %s', (version, support) => {
    expect(supportOf('keda', version)).toBe(support);
  });

  it('pins releases that were tested', () => {
    for (const component of ['prometheusOperator', 'keda'] as const) {
      expect(PLATFORM_VERSIONS[component].tested).toContain(
        PINNED_RELEASES[component].version,
      );
    }
  });
});
