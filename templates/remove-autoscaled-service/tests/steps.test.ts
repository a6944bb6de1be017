import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { mockServices } from '@backstage/backend-test-utils';
import { parse } from 'yaml';
import { dryRunTemplate } from '../../testing/dryRunTemplate';

const template = parse(
  readFileSync(join(__dirname, '..', 'template.yaml'), 'utf8'),
);

const OUTPUTS = {
  'service:describe': {
    entityRef: 'component:default/odds',
    name: 'odds',
    cluster: 'dev',
    namespace: 'betting',
    repoUrl: 'git.example.com?owner=sportsbook&repo=odds',
    sourceUrl: 'http://git.example.com/sportsbook/odds/src/branch/main/',
  },
  'kubernetes:delete': {
    changeSet: [{ action: 'deleted' }],
    summary: '| object | deleted |',
  },
  'image:delete': { summary: '1 image removed.' },
  'catalog:unregister': { summary: 'Taken out.' },
  'repository:archive': { summary: 'Archived.' },
};

const ANSWERS = {
  entityRef: 'component:default/odds',
  confirmedName: 'odds',
  cluster: true,
  image: true,
  catalog: true,
  repository: true,
};

const urlReader = mockServices.urlReader.mock({
  readTree: async () => ({
    etag: '1',
    files: async () => [],
    archive: async () => Readable.from([]),
    dir: async options => options?.targetDir ?? '',
  }),
});

const run = (answers: object) =>
  dryRunTemplate({
    urlReader,
    template,
    answers: { ...ANSWERS, ...answers },
    outputs: OUTPUTS,
  });

describe('the steps', () => {
  it('take cluster objects, images, catalog entry and repository away in this order', async () => {
    const { steps, output } = await run({});
    expect(steps.map(({ id, action }) => `${id} ${action}`)).toEqual([
      'service service:describe',
      'fetch fetch:plain',
      'plan kubernetes:delete',
      'delete kubernetes:delete',
      'image image:delete',
      'unregister catalog:unregister',
      'archive repository:archive',
    ]);
    expect(steps[0].input).toEqual({
      entityRef: 'component:default/odds',
      confirmedName: 'odds',
    });
    expect(steps[3].input).toEqual({
      cluster: 'dev',
      namespace: 'betting',
      sources: [{ path: 'service/k8s' }],
    });
    expect(steps[6].input).toEqual({
      repoUrl: 'git.example.com?owner=sportsbook&repo=odds',
    });
    expect(output).toMatchObject({
      changeSet: [{ action: 'deleted' }],
      text: [
        {
          title: 'What has gone',
          content: expect.stringMatching(
            /1 image removed\.\s+Taken out\.\s+Archived\.\s+\| object/,
          ),
        },
      ],
    });
  });

  it('show in a preview what would go, and touch nothing', async () => {
    const { steps, output } = await run({ preview: true });
    expect(steps.map(({ id }) => id)).toEqual(['service', 'fetch', 'plan']);
    expect(steps[2].input).toMatchObject({ plan: true });
    expect(output.text).toMatchObject([{ title: 'What would go' }]);
  });

  it('leave alone what was not asked for', async () => {
    const { steps } = await run({ cluster: false, image: false });
    expect(steps.map(({ id }) => id)).toEqual([
      'service',
      'unregister',
      'archive',
    ]);
  });
});
