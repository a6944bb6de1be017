import { parse } from 'yaml';
import { createMockActionContext } from '../__testUtils__/createMockActionContext';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { mockUrlReader } from '../__testUtils__/mockUrlReader';
import { createFetchHandlebarsAction } from './fetchHandlebars';
import { fetchHandlebarsExamples } from './fetchHandlebars.examples';

describe('examples of fetch:handlebars', () => {
  const files = createMockDirectory({
    content: { 'name.txt.hbs': '{{yaml name}}' },
  });
  const workspace = createMockDirectory();
  beforeEach(() => workspace.clear());

  it.each(fetchHandlebarsExamples)('$description', async ({ example }) => {
    const urlReader = mockUrlReader({
      readTree: async () => ({
        etag: '',
        files: async () => [],
        archive: async () => {
          throw new Error('not asked for');
        },
        dir: async () => files.path,
      }),
    });
    const action = createFetchHandlebarsAction({
      skeletons: [
        {
          id: 'sportsbook-autoscaled-service',
          directory: files.path,
          parseValues: input => ({ ...Object(input) }),
        },
      ],
      urlReader,
    });
    const [step] = parse(example).steps;
    expect(step.action).toBe(action.id);
    await action.handler({
      ...createMockActionContext({ workspacePath: workspace.path }),
      input: step.input,
    });
    expect(JSON.stringify(workspace.content())).toContain(
      '"name.txt":"odds-api"',
    );
  });
});
