import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readImageSettings } from './imageSettings';

const read = (image: JsonObject) =>
  readImageSettings(new ConfigReader({ sportsbookScaling: { image } }));

describe('readImageSettings', () => {
  it('is undefined where nothing is configured', () => {
    expect(readImageSettings(new ConfigReader({}))).toBeUndefined();
  });

  it('needs a registry, and has defaults for all else', () => {
    const registry = { registry: 'registry.example.com', insecure: false };
    expect(read({ registry: 'registry.example.com' })).toEqual({
      target: registry,
      base: registry,
      repositoryPrefix: '',
      baseImage: { repository: 'library/node', tag: '22-slim' },
      platform: undefined,
      limits: {
        timeoutSeconds: 600,
        memoryMegabytes: 1536,
        concurrentBuilds: 2,
      },
      cache: { directory: undefined, maxMegabytes: 1024, installAhead: false },
    });
  });

  it('reads what is configured', () => {
    expect(
      read({
        registry: '10.0.0.1:5000',
        insecure: true,
        username: 'pusher',
        password: 'secret',
        repositoryPrefix: 'team/sportsbook',
        baseImage: 'library/node:24-slim',
        baseRegistry: { registry: 'docker.io' },
        platform: 'linux/arm64',
        buildTimeout: { minutes: 2 },
        buildMemoryMegabytes: 512,
        concurrentBuilds: 1,
        buildDirectory: '/var/cache/backstage',
        dependencyCacheMegabytes: 0,
        installAhead: true,
        pullSecretName: 'registry-account',
      }),
    ).toEqual({
      target: {
        registry: '10.0.0.1:5000',
        insecure: true,
        username: 'pusher',
        password: 'secret',
      },
      base: { registry: 'docker.io', insecure: false },
      repositoryPrefix: 'team/sportsbook',
      baseImage: { repository: 'library/node', tag: '24-slim' },
      platform: { os: 'linux', architecture: 'arm64' },
      limits: {
        timeoutSeconds: 120,
        memoryMegabytes: 512,
        concurrentBuilds: 1,
      },
      cache: {
        directory: '/var/cache/backstage',
        maxMegabytes: 0,
        installAhead: true,
      },
      pullSecretName: 'registry-account',
    });
    expect(
      read({ registry: 'a.b', buildTimeout: '90s' })?.limits.timeoutSeconds,
    ).toBe(90);
  });

  it.each([
    ['a registry with a scheme', { registry: 'https://a.b' }, 'image.registry'],
    ['no registry', {}, 'image.registry: Required'],
    ['a base image without a tag', { baseImage: 'node' }, 'image.baseImage'],
    ['a platform of Windows', { platform: 'windows/amd64' }, 'image.platform'],
    ['too little memory', { buildMemoryMegabytes: 64 }, 'MemoryMegabytes'],
    ['an unknown key', { registri: 'x' }, 'registri'],
    ['half an account', { username: 'a' }, 'belong together'],
    ['no duration', { buildTimeout: 'soon' }, 'buildTimeout'],
  ])('refuses %s', (_title, image, message) => {
    const base = message.endsWith('Required') ? {} : { registry: 'a.b' };
    expect(() => read({ ...base, ...image })).toThrow(message);
  });
});
