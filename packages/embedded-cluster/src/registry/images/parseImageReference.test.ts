import { parseImageReference } from './parseImageReference';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('parseImageReference', () => {
  it.each([
    ['node:22-slim', 'docker.io', 'library/node', '22-slim'],
    ['node', 'docker.io', 'library/node', 'latest'],
    ['bitnami/redis:7', 'docker.io', 'bitnami/redis', '7'],
    ['docker.io/node:22', 'docker.io', 'library/node', '22'],
    ['index.docker.io/library/node:22', 'docker.io', 'library/node', '22'],
    ['127.0.0.1:5000/a/b:v1', '127.0.0.1:5000', 'a/b', 'v1'],
    [`127.0.0.1:5000/a/b@${DIGEST}`, '127.0.0.1:5000', 'a/b', DIGEST],
    [`localhost/a:v1@${DIGEST}`, 'localhost', 'a', DIGEST],
    ['ghcr.io/org/app', 'ghcr.io', 'org/app', 'latest'],
  ])('reads %s', (text, registry, repository, reference) => {
    expect(parseImageReference(text)).toEqual({
      registry,
      repository,
      reference,
    });
  });

  it.each(['', 'A', 'a b', 'a:', 'a@sha256:1', '../a', 'a:b:c', 'http://a/b'])(
    'takes %j for no image',
    text => {
      expect(parseImageReference(text)).toBeUndefined();
    },
  );
});
