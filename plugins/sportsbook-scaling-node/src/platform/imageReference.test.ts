import { imageName, mirrorImage, parseImageReference } from './imageReference';

describe('parseImageReference', () => {
  it.each([
    ['quay.io/a/b:v1', { registry: 'quay.io', path: 'a/b', tag: 'v1' }],
    ['node:22-slim', { path: 'node', tag: '22-slim' }],
    [
      'localhost:5000/a/b@sha256:1',
      { registry: 'localhost:5000', path: 'a/b', digest: 'sha256:1' },
    ],
    ['10.0.0.1:5000/b', { registry: '10.0.0.1:5000', path: 'b' }],
  ])('takes %s apart', (image, parts) => {
    expect(parseImageReference(image)).toEqual(parts);
  });
});

describe('mirrorImage', () => {
  it('changes the registry and nothing else', () => {
    expect(mirrorImage('ghcr.io/kedacore/keda:2.20.2', 'mirror:5000/hub')).toBe(
      'mirror:5000/hub/kedacore/keda:2.20.2',
    );
    expect(mirrorImage('quay.io/a/b@sha256:1', 'mirror')).toBe(
      'mirror/a/b@sha256:1',
    );
    expect(mirrorImage('quay.io/a/b:1', undefined)).toBe('quay.io/a/b:1');
  });

  it('keeps the name by which a controller is known', () => {
    expect(imageName(mirrorImage('ghcr.io/kedacore/keda:2', 'mirror/x'))).toBe(
      'keda',
    );
  });
});
