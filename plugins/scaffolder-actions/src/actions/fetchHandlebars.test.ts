import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { createMockActionContext } from '../__testUtils__/createMockActionContext';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { mockUrlReader } from '../__testUtils__/mockUrlReader';
import { createFetchHandlebarsAction } from './fetchHandlebars';

describe('fetch:handlebars', () => {
  const skeletonFiles = createMockDirectory({
    content: { 'k8s/service.yaml.hbs': 'name: {{yaml name}}-{{yaml derived}}' },
  });
  const workspace = createMockDirectory();
  beforeEach(() => workspace.clear());

  const urlReader = mockUrlReader();
  const action = createFetchHandlebarsAction({
    skeletons: [
      {
        id: 'service',
        directory: skeletonFiles.path,
        parseValues: input => {
          if (
            typeof input !== 'object' ||
            input === null ||
            !('name' in input)
          ) {
            throw new InputError('name: Required');
          }
          return { name: String(input.name), derived: 'here' };
        },
      },
    ],
    urlReader,
  });
  const run = async (input: JsonObject, signal?: AbortSignal) => {
    const context = createMockActionContext({ workspacePath: workspace.path });
    // The input's static type is narrower than what a template may really send.
    await action.handler({ ...context, input: input as never, signal });
    return context;
  };

  it('renders an installed skeleton with parsed values and returns them', async () => {
    const context = await run({
      skeleton: 'service',
      values: { name: 'odds-api' },
      targetPath: 'out',
    });
    expect(workspace.content()).toEqual({
      out: { k8s: { 'service.yaml': 'name: odds-api-here' } },
    });
    expect(context.output).toHaveBeenCalledWith('values', {
      name: 'odds-api',
      derived: 'here',
    });
  });

  it('can run again on its own result, and overwrites other content only when told', async () => {
    const input = { skeleton: 'service', values: { name: 'a' } };
    await run(input);
    await run(input);
    await expect(run({ ...input, values: { name: 'b' } })).rejects.toThrow(
      /other content: k8s\/service\.yaml/,
    );
    await run({ ...input, values: { name: 'b' }, replace: true });
    expect(readFileSync(join(workspace.path, 'k8s/service.yaml'), 'utf8')).toBe(
      'name: b-here',
    );
  });

  it('renders a folder that a repository holds', async () => {
    urlReader.readTree.mockResolvedValue({
      etag: '',
      files: async () => [],
      archive: async () => {
        throw new Error('not asked for');
      },
      dir: async () => skeletonFiles.path,
    });
    const url = 'https://github.com/example/skeletons/tree/main/service';
    await run({ url, values: { name: 'x', derived: 'given' } });
    expect(urlReader.readTree).toHaveBeenCalledWith(url, expect.anything());
    expect(workspace.content()).toEqual({
      k8s: { 'service.yaml': 'name: x-given' },
    });
  });

  it('lists every problem of its input', async () => {
    await expect(
      run({ skeleton: 'service', url: 'nowhere', replace: 'yes' }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /url: Invalid url\nreplace: Expected boolean/,
      ),
    });
    await expect(run({})).rejects.toThrow(
      "(input): give either 'skeleton' or 'url'",
    );
  });

  it('names the installed skeletons when it is asked for another', async () => {
    await expect(run({ skeleton: 'other' })).rejects.toThrow(
      "There is no skeleton 'other'; installed are: service",
    );
  });

  it('writes nothing when values are refused, or lead out of the workspace', async () => {
    await expect(run({ skeleton: 'service' })).rejects.toThrow(
      'name: Required',
    );
    await expect(
      run({ skeleton: 'service', values: { name: 'a' }, targetPath: '../x' }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect(workspace.content()).toEqual({});
  });

  it('stops when the task is cancelled', async () => {
    await expect(
      run(
        { skeleton: 'service', values: { name: 'a' } },
        AbortSignal.abort(new Error('cancelled')),
      ),
    ).rejects.toThrow('cancelled');
    expect(workspace.content()).toEqual({});
  });
});
