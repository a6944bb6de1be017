import { createMockDirectory } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { runAction } from '../__testUtils__/actionRun';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { createCatalogUnregisterAction } from './catalogUnregister';
import { examples } from './catalogUnregister.examples';

const TARGET =
  'http://git.example.com/sportsbook/odds-api/src/branch/main/catalog-info.yaml';

const LOCATION = {
  id: 'location-1',
  type: 'url',
  target: TARGET,
  entityRef: 'location:default/generated-1',
};

const entity = (name: string, origin = `url:${TARGET}`): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    namespace: 'default',
    annotations: { 'backstage.io/managed-by-origin-location': origin },
  },
});

describe('catalog:unregister', () => {
  const workspace = createMockDirectory();
  const [input] = exampleSteps(examples[0]).map(step => step.input);

  const run = async (entities: Entity[], isDryRun = false) => {
    const removed: string[] = [];
    const stored = catalogServiceMock({ entities });
    const catalog = catalogServiceMock.mock({
      getEntityByRef: stored.getEntityByRef.bind(stored),
      getEntities: stored.getEntities.bind(stored),
      getLocationByRef: async ref =>
        ref === `url:${TARGET}` ? LOCATION : undefined,
      removeLocationById: async id => {
        removed.push(id);
      },
    });
    const { outputs } = await runAction(
      createCatalogUnregisterAction({ catalog }),
      { input, workspacePath: workspace.path, isDryRun },
    );
    return { removed, summary: outputs.summary };
  };

  it('removes the location that the entity came from', async () => {
    const location = { ...entity('generated-1'), kind: 'Location' };
    expect(await run([entity('odds-api'), location])).toEqual({
      removed: ['location-1'],
      summary: `component:default/odds-api was taken out of the catalog, with location ${TARGET}.`,
    });
  });

  it('is done where the catalog has no such entity', async () => {
    expect(await run([])).toEqual({
      removed: [],
      summary: 'The catalog has no component:default/odds-api.',
    });
  });

  it('leaves a location that others came from, and names them', async () => {
    const error = await run([entity('odds-api'), entity('prices')]).catch(
      thrown => thrown,
    );
    expect(error).toBeInstanceOf(ConflictError);
    expect(error.message).toContain('component:default/prices');
  });

  it('says where an entity stands that nobody registered', async () => {
    const error = await run([
      entity('odds-api', 'file:/catalog/org.yaml'),
    ]).catch(thrown => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain('file:/catalog/org.yaml');
  });

  it('removes nothing in a dry run', async () => {
    const { removed, summary } = await run([entity('odds-api')], true);
    expect(removed).toEqual([]);
    expect(summary).toMatch(/^Dry run/);
  });
});
