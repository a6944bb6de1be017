import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { renderTree } from '../handlebars/renderTree';
import { autoscaledServiceIn } from './autoscaledService';

/** Names that yarn and npm leave out of packages, wherever they are. */
const LEFT_OUT = /(^|\/)(\.github|\.git|\.gitignore|\.npmignore|\.npmrc)(\/|$)/;

describe('the packed skeleton', () => {
  const repository = resolve(__dirname, '../../../..');
  const copy = createMockDirectory();

  it('holds nothing that packers leave out, and renders to the same repository', async () => {
    for (const path of [
      'skeleton',
      'templates/sportsbook-autoscaled-service/template.yaml',
      'plugins/scaffolder-actions/scripts',
    ]) {
      cpSync(join(repository, path), copy.resolve(path), { recursive: true });
    }
    const script = 'plugins/scaffolder-actions/scripts/packSkeleton.cjs';
    execFileSync(process.execPath, [copy.resolve(script), 'copy']);
    const packed = copy.resolve('plugins/scaffolder-actions/skeleton');

    const render = async (directory: string) => {
      const skeleton = autoscaledServiceIn(() => directory);
      const values = skeleton.parseValues({
        name: 'odds-api',
        owner: 'group:default/trading',
        namespace: 'betting',
        cluster: 'dev',
      });
      const files = await renderTree({ directory, values });
      return files.map(file => [file.path, file.content.toString()]);
    };
    const fromPacked = await render(packed);
    expect(fromPacked).toEqual(await render(join(repository, 'skeleton')));
    expect(fromPacked.map(([path]) => path)).toContain(
      '.github/workflows/ci.yaml',
    );

    const names = execFileSync('find', ['.', '-type', 'f'], { cwd: packed })
      .toString()
      .split('\n');
    expect(names.filter(name => LEFT_OUT.test(name))).toEqual([]);

    const packedTemplate =
      'plugins/scaffolder-actions/templates/sportsbook-autoscaled-service/template.yaml';
    expect(existsSync(copy.resolve(packedTemplate))).toBe(true);

    execFileSync(process.execPath, [copy.resolve(script), 'remove']);
    const left = Object(copy.content()).plugins['scaffolder-actions'];
    expect(left).not.toHaveProperty('skeleton');
    expect(left).not.toHaveProperty('templates');
  });
});
