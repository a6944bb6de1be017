import { FieldErrors } from '../validating/FieldErrors';
import type { VolumeFields } from './podTemplate';
import { validateVolumes } from './validateVolumes';

describe('validateVolumes', () => {
  function problems(volume: VolumeFields): string[] {
    const errors = new FieldErrors();
    validateVolumes([{ name: 'v', ...volume }], 'spec.volumes', errors);
    return errors.causes.map(({ field, message }) =>
      `${field}: ${message}`.replace('spec.volumes[0].', ''),
    );
  }

  it.each<[VolumeFields, string]>([
    [
      { configMap: { name: 'c', items: [{ path: '../x' }] } },
      `configMap.items[0].path: Invalid value: "../x": must not contain '..'`,
    ],
    [
      { configMap: { name: 'c', items: [{ path: '..x' }] } },
      `configMap.items[0].path: Invalid value: "..x": must not start with '..'`,
    ],
    [
      { secret: { secretName: 's', items: [{ path: '/x' }] } },
      'secret.items[0].path: Invalid value: "/x": must be a relative path',
    ],
    [
      { downwardAPI: { items: [{ path: '' }] } },
      'downwardAPI.path: Required value',
    ],
    [
      { projected: { sources: [{ secret: { items: [{ path: 'a/..' }] } }] } },
      `projected.sources[0].secret.items[0].path: Invalid value: "a/..": must not contain '..'`,
    ],
    [
      { projected: { sources: [{ serviceAccountToken: { path: '../t' } }] } },
      `projected.path: Invalid value: "../t": must not contain '..'`,
    ],
  ])('refuses a path that leads out of %j', (volume, problem) => {
    expect(problems(volume)).toEqual([problem]);
  });

  it('takes paths that stay inside', () => {
    expect(
      problems({ configMap: { name: 'c', items: [{ path: 'a/b..c' }] } }),
    ).toEqual([]);
  });
});
