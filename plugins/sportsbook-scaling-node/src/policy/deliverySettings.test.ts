import { deliveryOf } from '../delivery/__testUtils__/deliveries';

const repository = {
  repoUrl: 'github.com?owner=platform&repo=fleet',
  directory: './clusters/prod/',
};

describe('sportsbookScaling.clusters[].delivery', () => {
  it('is by Backstage itself unless something else is said', () => {
    expect(deliveryOf(undefined)).toEqual({ type: 'apply' });
    expect(deliveryOf('none')).toEqual({ type: 'none' });
  });

  it('proposes services to the platform repository by default, and waits for no merge', () => {
    expect(
      deliveryOf({ type: 'flux', repository, serviceAccountName: 'deployer' }),
    ).toEqual({
      type: 'flux',
      register: 'repository',
      repository: {
        repoUrl: 'github.com?owner=platform&repo=fleet',
        branch: 'main',
        directory: 'clusters/prod',
        by: 'pullRequest',
        waitForMergeSeconds: 0,
      },
      serviceAccountName: 'deployer',
      intervalSeconds: 60,
      healthTimeoutSeconds: 300,
    });
  });

  it('puts Applications where Argo CD looks for them by default', () => {
    expect(
      deliveryOf({ type: 'argocd', register: 'cluster', project: 'betting' }),
    ).toEqual({
      type: 'argocd',
      register: 'cluster',
      namespace: 'argocd',
      project: 'betting',
      destination: { server: 'https://kubernetes.default.svc' },
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['a word that is no delivery', 'helm', /delivery\.type: .*'apply'/],
    [
      'Flux without the account that bounds it',
      { type: 'flux', register: 'cluster' },
      /delivery\.serviceAccountName: Required/,
    ],
    [
      'Argo CD without a project',
      { type: 'argocd', register: 'cluster' },
      /delivery\.project: Required/,
    ],
    [
      'a platform repository that is missing',
      { type: 'flux', serviceAccountName: 'd' },
      /delivery\.repository: is missing: name the platform's repository/,
    ],
    [
      'a platform repository that nobody would use',
      {
        type: 'flux',
        serviceAccountName: 'd',
        register: 'cluster',
        repository,
      },
      /delivery\.repository: is not used with register: cluster/,
    ],
    [
      'a folder outside of the repository',
      {
        type: 'flux',
        serviceAccountName: 'd',
        repository: { ...repository, directory: 'a/../../b' },
      },
      /delivery\.repository\.directory: must be a folder/,
    ],
    [
      'a password in an address',
      {
        type: 'argocd',
        project: 'p',
        register: 'cluster',
        gitBaseUrl: 'https://me:secret@git.example.com',
      },
      /delivery\.gitBaseUrl: .*hold no password/,
    ],
    [
      'a setting of the other controller',
      {
        type: 'argocd',
        project: 'p',
        register: 'cluster',
        serviceAccountName: 'd',
      },
      /delivery: Unrecognized key\(s\) in object: 'serviceAccountName'/,
    ],
  ])('refuses %s', (_, delivery, message) => {
    expect(() => deliveryOf(delivery)).toThrow(message);
  });
});
