import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JsonObject } from '@backstage/types';
import { runAction } from '../__testUtils__/actionRun';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { createServiceDescribeAction } from './serviceDescribe';
import { examples } from './serviceDescribe.examples';

const SOURCE = 'http://git.example.com/sportsbook/odds-api/src/branch/main/';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: {
      gitea: [{ host: 'git.example.com', baseUrl: 'http://git.example.com' }],
      gitlab: [
        {
          host: 'gitlab.example.com',
          apiBaseUrl: 'https://gitlab.example.com/api/v4',
        },
      ],
    },
  }),
);

const ANNOTATIONS = {
  'backstage.io/kubernetes-id': 'odds-api',
  'backstage.io/kubernetes-namespace': 'betting',
  'backstage.io/kubernetes-cluster': 'dev',
  'backstage.io/source-location': `url:${SOURCE}`,
};

const service = (
  annotations: Record<string, string> = ANNOTATIONS,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'odds-api', namespace: 'default', annotations },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/traders' }],
});

describe('service:describe', () => {
  const workspace = createMockDirectory();

  const run = async (options: {
    entity?: Entity;
    input?: JsonObject;
    ownershipEntityRefs?: string[];
  }) =>
    runAction(
      createServiceDescribeAction({
        catalog: catalogServiceMock({
          entities: options.entity === undefined ? [] : [options.entity],
        }),
        userInfo: mockServices.userInfo.mock({
          getUserInfo: async () => ({
            userEntityRef: 'user:default/ada',
            ownershipEntityRefs: options.ownershipEntityRefs ?? [
              'user:default/ada',
              'group:default/traders',
            ],
          }),
        }),
        integrations,
      }),
      {
        input: options.input ?? exampleSteps(examples[0])[0].input,
        workspacePath: workspace.path,
      },
    );

  it('says where a service of the user runs and where its repository is', async () => {
    const { outputs } = await run({ entity: service() });
    expect(outputs).toEqual({
      entityRef: 'component:default/odds-api',
      name: 'odds-api',
      cluster: 'dev',
      namespace: 'betting',
      scaledObject: 'odds-api',
      repoUrl: 'git.example.com?owner=sportsbook&repo=odds-api',
      sourceUrl: SOURCE,
    });
  });

  it('finds the repository on a host with groups in groups', async () => {
    const { outputs } = await run({
      entity: service({
        ...ANNOTATIONS,
        'backstage.io/source-location':
          'url:https://gitlab.example.com/betting/core/odds-api/-/tree/main/',
      }),
    });
    expect(outputs.repoUrl).toBe(
      'gitlab.example.com?owner=betting%2Fcore&repo=odds-api',
    );
  });

  it('ends for a user who does not own it, and names the owner', async () => {
    const error = await run({
      entity: service(),
      ownershipEntityRefs: ['user:default/eve'],
    }).catch(thrown => thrown);
    expect(error).toBeInstanceOf(NotAllowedError);
    expect(error.message).toContain('group:default/traders');
  });

  it('ends where another name was typed', async () => {
    const error = await run({
      entity: service(),
      input: { entityRef: 'odds-api', confirmedName: 'odds' },
    }).catch(thrown => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain("You typed 'odds'");
  });

  it('ends for an entity that is not there', async () => {
    await expect(run({})).rejects.toThrow(NotFoundError);
  });

  it('names the annotations that are missing', async () => {
    await expect(
      run({
        entity: service({ 'backstage.io/kubernetes-id': 'odds-api' }),
      }),
    ).rejects.toThrow(
      /annotations backstage\.io\/kubernetes-cluster, backstage\.io\/kubernetes-namespace/,
    );
  });

  it('ends where the source is on a host that is not configured', async () => {
    await expect(
      run({
        entity: service({
          ...ANNOTATIONS,
          'backstage.io/source-location': 'url:https://elsewhere.example/a/b/',
        }),
      }),
    ).rejects.toThrow(/is on no configured Git host/);
  });
});
