import { parseAllDocuments } from 'yaml';
import { readManifests } from '../manifests';
import { ARGO, FLUX, gitOpsOf, ODDS } from './__testUtils__/deliveries';
import {
  registrationContent,
  registrationOf,
  registrationPath,
  registrationRefs,
} from '.';

const inRepository = (settings: object) =>
  gitOpsOf({
    ...settings,
    register: 'repository',
    repository: {
      repoUrl: 'git.example.com?owner=platform&repo=fleet',
      directory: 'clusters/prod',
    },
  });

describe('the registration with Flux', () => {
  it('is a source and a Kustomization beside the service, applied as the bounding account', () => {
    const { objects, refs } = registrationOf(gitOpsOf(FLUX), ODDS);
    expect(objects).toMatchObject([
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        metadata: { name: 'odds-api', namespace: 'betting' },
        spec: {
          interval: '60s',
          url: 'https://git.example.com/sportsbook/odds-api.git',
          ref: { branch: 'main' },
        },
      },
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: 'odds-api', namespace: 'betting' },
        spec: {
          path: './k8s',
          targetNamespace: 'betting',
          serviceAccountName: 'deployer',
          prune: true,
          wait: true,
          sourceRef: { kind: 'GitRepository', name: 'odds-api' },
        },
      },
    ]);
    expect(objects[0].spec).not.toHaveProperty('secretRef');
    expect(refs).toEqual(
      objects.map(({ apiVersion, kind, metadata: { name, namespace } }) => ({
        apiVersion,
        kind,
        name,
        namespace,
      })),
    );
  });

  it('names the secret of private repositories, where one is configured', () => {
    const { objects } = registrationOf(
      gitOpsOf({ ...FLUX, gitSecretName: 'git' }),
      ODDS,
    );
    expect(objects[0].spec).toMatchObject({ secretRef: { name: 'git' } });
  });
});

describe('the registration with Argo CD', () => {
  it('is an Application that heals itself, applies on the server and takes the service with it', () => {
    const { objects } = registrationOf(gitOpsOf(ARGO), ODDS);
    expect(objects).toEqual([
      expect.objectContaining({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        spec: {
          project: 'betting',
          source: {
            repoURL: ODDS.repositoryUrl,
            targetRevision: 'main',
            path: 'k8s',
          },
          destination: {
            server: 'https://kubernetes.default.svc',
            namespace: 'betting',
          },
          syncPolicy: {
            automated: { prune: true, selfHeal: true },
            syncOptions: ['ServerSideApply=true'],
          },
        },
      }),
    ]);
    expect(objects[0].metadata).toMatchObject({
      name: 'betting.odds-api',
      namespace: 'argocd',
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    });
  });
});

describe('registrations in a namespace that many share', () => {
  it('cannot take each other’s place, whatever the services are called', () => {
    const delivery = gitOpsOf({ ...FLUX, namespace: 'flux-system' });
    const nameOf = (namespace: string, name: string) =>
      registrationRefs(delivery, { namespace, name })[0].name;
    expect(nameOf('a-b', 'c')).not.toBe(nameOf('a', 'b-c'));
    expect(nameOf('betting', 'odds-api')).toBe('betting.odds-api');
  });

  it('are refused where the name would not fit into a label', () => {
    expect(() =>
      registrationOf(gitOpsOf(ARGO), {
        ...ODDS,
        namespace: 'n'.repeat(40),
        name: 's'.repeat(30),
      }),
    ).toThrow('has 71 characters; the controller takes at most 63');
  });
});

describe('the file in the platform repository', () => {
  it.each([
    ['Flux', FLUX],
    ['Argo CD', ARGO],
  ])('holds the objects of %s, as they are', (_, settings) => {
    const delivery = inRepository(settings);
    const { file, objects } = registrationOf(delivery, ODDS);
    expect(registrationPath(delivery, file)).toBe(
      'clusters/prod/betting.odds-api.yaml',
    );
    expect(
      parseAllDocuments(file.text).map(document => document.toJS()),
    ).toEqual(objects);
    expect(readManifests([{ path: file.name, text: file.text }])).toHaveLength(
      objects.length,
    );
  });
});

describe('the address of the service’s repository', () => {
  const urlOf = (gitBaseUrl: string | undefined, repositoryUrl: string) =>
    registrationOf(gitOpsOf({ ...ARGO, gitBaseUrl }), {
      ...ODDS,
      repositoryUrl,
    }).objects[0].spec;

  it('is the one that the controller reaches, where that is another one', () => {
    expect(
      urlOf('ssh://git@git.internal:2222/', 'http://127.0.0.1:7008/a/b.git'),
    ).toMatchObject({
      source: { repoURL: 'ssh://git@git.internal:2222/a/b.git' },
    });
  });

  it.each([
    'https://me:secret@git.example.com/a/b.git',
    'https://token@git.example.com/a/b.git',
  ])('is written without the credentials of %s', url => {
    expect(urlOf(undefined, url)).toMatchObject({
      source: { repoURL: 'https://git.example.com/a/b.git' },
    });
  });

  it.each(['file:///srv/b.git', 'git@git.example.com:a/b.git'])(
    'is refused when it is %s',
    url => {
      expect(() => urlOf(undefined, url)).toThrow(/clone address/);
    },
  );
});

describe('what may register a service', () => {
  const contentOf = (
    settings: object,
    change: (text: string) => string = text => text,
    service: object = {},
  ) => {
    const delivery = gitOpsOf(settings);
    const { file } = registrationOf(delivery, { ...ODDS, ...service });
    return registrationContent(
      readManifests([{ path: file.name, text: change(file.text) }]).map(
        ({ object }) => object,
      ),
      {
        delivery,
        service: ODDS,
        isRepository: url =>
          [
            ODDS.repositoryUrl,
            'https://published.invalid/sportsbook/odds-api.git',
          ].includes(url),
      },
    );
  };
  const CASES: [string, object][] = [
    ['Flux', FLUX],
    ['Argo CD', ARGO],
    [
      'Flux, which reaches the host by another name',
      { ...FLUX, gitBaseUrl: 'ssh://git@git.internal' },
    ],
  ];

  it.each(CASES)('is what was written for %s', (_, settings) => {
    expect(contentOf(settings)).toEqual({});
  });

  it('still is when a setting has changed since', () => {
    expect(
      contentOf(FLUX, text => text.replaceAll('interval: 60s', 'interval: 9m')),
    ).toEqual({});
  });

  it.each(CASES)(
    'is not what delivers another repository by %s',
    (_, settings) => {
      expect(
        contentOf(settings, undefined, {
          repositoryUrl: 'https://git.example.com/another/odds-api.git',
        }).foreign,
      ).toMatch(/^it delivers .*another/);
    },
  );

  it.each(CASES)('is not the one of another service by %s', (_, settings) => {
    expect(
      contentOf(settings, undefined, { name: 'bets-api' }).foreign,
    ).toMatch(/^it holds .*bets-api/);
  });

  it('is not what delivers to another namespace', () => {
    expect(
      contentOf(ARGO, text =>
        text.replace('namespace: betting\n', 'namespace: trading\n'),
      ).foreign,
    ).toBe("it delivers to namespace 'trading'");
    expect(
      contentOf(FLUX, text =>
        text.replace('targetNamespace: betting', 'targetNamespace: trading'),
      ).foreign,
    ).toBe("it delivers to namespace 'trading'");
  });

  it('is not what holds other objects besides, or none at all', () => {
    expect(
      contentOf(
        FLUX,
        text =>
          `${text}---\napiVersion: v1\nkind: Secret\nmetadata: { name: s }\n`,
      ).foreign,
    ).toBe('it holds Secret s');
    expect(contentOf(FLUX, () => '# nothing\n').foreign).toBe(
      'it holds no object',
    );
  });

  it.each([
    [
      FLUX,
      'prune: true',
      'prune: false',
      'its Kustomization has no prune: true',
    ],
    [
      FLUX,
      'prune: true',
      'prune: true\n  deletionPolicy: Orphan',
      'its Kustomization has deletionPolicy: Orphan',
    ],
    [
      ARGO,
      '- resources-finalizer.argocd.argoproj.io',
      '- another.example.com/finalizer',
      "its Application lacks the finalizer 'resources-finalizer.argocd.argoproj.io'",
    ],
  ])(
    'would leave the service behind with %j and %s → %s',
    (settings, from, to, keeps) => {
      expect(contentOf(settings, text => text.replace(from, to))).toEqual({
        keeps,
      });
    },
  );
});
