import { chmodSync, symlinkSync } from 'node:fs';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { renderTree } from './renderTree';

describe('renderTree', () => {
  const skeleton = createMockDirectory();
  const render = (values = {}) =>
    renderTree({ directory: skeleton.path, values });

  it('renders what ends in .hbs, drops the suffix, and takes all else byte for byte', async () => {
    const binary = Buffer.from([0, 255, 123, 123, 120, 125, 125, 10, 13]);
    skeleton.setContent({
      'k8s/service.yaml.hbs': 'name: {{yaml name}}\n',
      '.gitignore.hbs': 'node_modules\n',
      '.github/workflows/ci.yaml': 'run: ${{ github.sha }} {{ x }}\r\n',
      'logo.png': binary,
    });
    const files = await render({ name: 'odds-api' });
    expect(files.map(file => [file.path, file.content.toString()])).toEqual([
      ['.github/workflows/ci.yaml', 'run: ${{ github.sha }} {{ x }}\r\n'],
      ['.gitignore', 'node_modules\n'],
      ['k8s/service.yaml', 'name: odds-api\n'],
      ['logo.png', binary.toString()],
    ]);
    expect(files[3].content.equals(binary)).toBe(true);
  });

  it('drops the suffix of folders too, without rendering what they hold', async () => {
    skeleton.setContent({ '.github.hbs/workflows/ci.yaml': '${{ x }}' });
    const [file] = await render();
    expect([file.path, file.content.toString()]).toEqual([
      '.github/workflows/ci.yaml',
      '${{ x }}',
    ]);
  });

  it('keeps files executable', async () => {
    skeleton.setContent({ 'run.sh.hbs': '#!/bin/sh\n', 'a.txt': '' });
    chmodSync(skeleton.resolve('run.sh.hbs'), 0o755);
    chmodSync(skeleton.resolve('a.txt'), 0o600);
    expect(
      (await render()).map(({ path, executable }) => [path, executable]),
    ).toEqual([
      ['a.txt', false],
      ['run.sh', true],
    ]);
  });

  it('takes a value that is there but undefined for empty', async () => {
    skeleton.setContent({
      'a.txt.hbs': '{{#if port}}{{yaml port}}{{else}}none{{/if}}',
    });
    const [file] = await render({ port: undefined });
    expect(file.content.toString()).toBe('none');
  });

  it('lists the problems of all files at once', async () => {
    skeleton.setContent({
      'a.txt.hbs': '{{yaml missing}}',
      'b.txt.hbs': '\n{{name}}',
      'c.txt.hbs': Buffer.from([0xff, 0xfe, 0xff]),
      'd.txt': 'plain',
      'd.txt.hbs': 'template',
      'e/.hbs': '',
    });
    symlinkSync('/etc/hostname', skeleton.resolve('link'));
    await expect(render({ name: 'x' })).rejects.toMatchObject({
      name: 'TemplateError',
      problems: expect.arrayContaining([
        {
          file: 'a.txt.hbs',
          line: 1,
          message: expect.stringMatching(/missing/),
        },
        {
          file: 'b.txt.hbs',
          line: 2,
          message: expect.stringMatching(/'name'/),
        },
        {
          file: 'c.txt.hbs',
          line: undefined,
          message: expect.stringMatching(/not UTF-8/),
        },
        {
          file: 'd.txt.hbs',
          line: undefined,
          message: expect.stringMatching(/two files for 'd.txt'/),
        },
        {
          file: 'e/.hbs',
          line: undefined,
          message: expect.stringMatching(/has no name/),
        },
        {
          file: 'link',
          line: undefined,
          message: expect.stringMatching(/symbolic link/),
        },
      ]),
    });
  });

  it('stops when it is aborted', async () => {
    skeleton.setContent({ 'a.txt': '' });
    await expect(
      renderTree({
        directory: skeleton.path,
        values: {},
        signal: AbortSignal.abort(new Error('cancelled')),
      }),
    ).rejects.toThrow('cancelled');
  });
});
