import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { containerCommand } from './containerCommand';
import { ContainerFiles } from './ContainerFiles';

describe('containerCommand', () => {
  const root = mkdtempSync(join(tmpdir(), 'embedded-command-'));
  const mounted = join(root, 'volume');
  const files = new ContainerFiles(root, [
    { path: '/scripts', real: mounted, writable: false },
  ]);

  beforeAll(() => {
    mkdirSync(join(root, 'app'));
    mkdirSync(mounted);
    writeFileSync(join(root, 'app/server.js'), '');
    writeFileSync(join(root, 'app/tool'), '#!/usr/bin/env node\n');
    writeFileSync(join(root, 'app/shell'), '#!/bin/sh\n');
    writeFileSync(join(mounted, 'load.js'), '');
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function commandOf(
    container: { command?: string[]; args?: string[]; workingDir?: string },
    {
      image = {},
      environment = {},
    }: {
      image?: { entrypoint?: string[]; cmd?: string[] };
      environment?: Record<string, string>;
    } = {},
  ) {
    return containerCommand({
      container,
      image: { entrypoint: [], cmd: [], workingDirectory: '/app', ...image },
      environment,
      files,
    });
  }

  const image = {
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['node', 'server.js'],
  };

  it.each([
    ['of the image', {}, image, ['server.js']],
    [
      'of the image without its script',
      {},
      { entrypoint: ['node', '--enable-source-maps'], cmd: ['server.js'] },
      ['--enable-source-maps', 'server.js'],
    ],
    ['with other arguments', { args: ['-p', '1'] }, image, ['-p', '1']],
    ['of the container alone', { command: ['node', '-v'] }, image, ['-v']],
    [
      'with variables',
      { command: ['/usr/local/bin/node'], args: ['$(X)'] },
      image,
      ['x y'],
    ],
  ])('takes the command %s', (_what, container, of, expected) => {
    expect(
      commandOf(container, { image: of, environment: { X: 'x y' } }),
    ).toMatchObject({
      args: expected,
      workingDirectory: join(root, 'app'),
      containerDirectory: '/app',
    });
  });

  it('hands absolute paths over as they really are, where they exist', () => {
    expect(
      commandOf({
        command: [
          'node',
          '--require=/app/server.js',
          '/scripts/load.js',
          '/absent',
        ],
      }).args,
    ).toEqual([
      `--require=${join(root, 'app/server.js')}`,
      join(mounted, 'load.js'),
      '/absent',
    ]);
  });

  it('runs a script that asks for node', () => {
    const args = [join(root, 'app/tool'), '--x'];
    expect(commandOf({ command: ['/app/tool', '--x'] }).args).toEqual(args);
    expect(commandOf({ command: ['./tool', '--x'] }).args).toEqual(args);
    expect(
      commandOf(
        { command: ['tool', '--x'] },
        { environment: { PATH: '/bin:/app' } },
      ).args,
    ).toEqual(args);
  });

  it.each([
    [['sh', '-c', 'true']],
    [['/app/shell']],
    [['npm', 'start']],
    [['/bin/ls']],
  ])('refuses %j and says why', command => {
    expect(() => commandOf({ command })).toThrow(
      /^exec: ".*": the embedded cluster runs nothing but node/,
    );
  });

  it('refuses what would loosen the permissions', () => {
    expect(() =>
      commandOf({ command: ['node', '--allow-fs-read=*', 'server.js'] }),
    ).toThrow('leave out --allow-fs-read=*');
    expect(() =>
      commandOf(
        { command: ['node'] },
        { environment: { NODE_OPTIONS: '-r x --allow-child-process' } },
      ),
    ).toThrow('leave out --allow-child-process');
  });

  it.each([
    ['--allow_fs_read=*'],
    ['--no_permission'],
    ['--env-file=.env'],
    ['--inspect=0.0.0.0'],
  ])('refuses %s, in NODE_OPTIONS too', option => {
    expect(() => commandOf({ command: ['node', option] })).toThrow(
      `leave out ${option}`,
    );
    expect(() =>
      commandOf(
        { command: ['node'] },
        { environment: { NODE_OPTIONS: option } },
      ),
    ).toThrow(`leave out ${option}`);
  });

  it("leaves the program's own arguments alone", () => {
    const args = ['server.js', '--inspect', '--env-file=x'];
    expect(commandOf({ command: ['node', ...args] }).args).toEqual(args);
  });

  it('refuses quotes in NODE_OPTIONS', () => {
    expect(() =>
      commandOf(
        { command: ['node'] },
        { environment: { NODE_OPTIONS: '"--allow-fs-read=*"' } },
      ),
    ).toThrow('no quotes in NODE_OPTIONS');
  });

  it('refuses no command and a working directory that is absent', () => {
    expect(() => commandOf({})).toThrow('no command specified');
    expect(() =>
      commandOf({ command: ['node'], workingDir: '/absent' }),
    ).toThrow('the working directory /absent is not in the image');
  });
});
