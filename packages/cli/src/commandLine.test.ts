/** What is decided before, and said after, anything is asked of a cluster. */
import { InputError } from '@backstage/errors';
import {
  ApplyFailedError,
  ClusterForbiddenError,
  ClusterUnreachableError,
  DEFAULT_DELETE_SECONDS,
  DEFAULT_VERIFY_SECONDS,
  DEFAULT_WAIT_SECONDS,
  DeleteFailedError,
  FieldConflictError,
  ManifestError,
  OpenedKubeconfig,
  PlanRefusedError,
  ScalingChainBrokenError,
  WaitFailedError,
  WaitTimeoutError,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { CommanderError } from 'commander';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { cancelOnSignals, CancelledBySignal } from './CancelledBySignal';
import { applySetOf, parseForceField } from './commands/writeChoices';
import { exitCodeOf } from './exitCodeOf';
import { chooseContext } from './input/chooseContext';
import { parseDurationSeconds } from './input/parseDuration';
import { parseObjectName } from './input/parseObjectName';
import { readManifestFiles } from './input/readManifestFiles';
import { createProgress } from './output/Progress';
import { renderReport } from './output/renderReport';
import { buildProgram, DEFAULT_SECONDS } from './program/buildProgram';
import { Invocation } from './program/Invocation';

/** What a command line asks for, and what commander wrote. */
async function parse(...args: string[]) {
  let invocation: Invocation | undefined;
  let written = '';
  const write = (text: string) => {
    written += text;
  };
  const program = buildProgram({
    version: '1.2.3',
    run: async asked => {
      invocation = asked;
    },
  });
  for (const command of [program, ...program.commands]) {
    command.configureOutput({ writeOut: write, writeErr: write });
  }
  const error = await program
    .parseAsync(args, { from: 'user' })
    .then(() => undefined)
    .catch((thrown: unknown) => thrown);
  return { invocation, written, error };
}

describe('the command line', () => {
  it('hands over what it was given, times in seconds and lists in order', async () => {
    const { invocation, error } = await parse(
      ...['apply', '-f', 'a', '--filename', 'b', '--context', 'dev'],
      ...['-n', 'betting', '--wait', '--timeout', '5m', '-o', 'json'],
    );
    expect(error).toBeUndefined();
    expect(invocation).toEqual({
      command: 'apply',
      options: expect.objectContaining({
        filename: ['a', 'b'],
        context: 'dev',
        namespace: 'betting',
        wait: true,
        timeout: 300,
        output: 'json',
        retry: 20,
      }),
    });
  });

  it('names the limits that the library has', async () => {
    expect(DEFAULT_SECONDS).toEqual({
      wait: DEFAULT_WAIT_SECONDS,
      verify: DEFAULT_VERIFY_SECONDS,
      delete: DEFAULT_DELETE_SECONDS,
    });
  });

  it.each([
    [['aply'], /unknown command 'aply'[^]*apply/],
    [['apply', '--what'], /unknown option '--what'/],
    [['apply', '-o', 'xml'], /Allowed choices are table, json/],
    [['wait', '--timeout', 'soon'], /90, 90s, 5m or 1h/],
    [['plan', '--context', 'a', '--current-context'], /cannot be used with/],
  ])('says what is wrong with %j', async (args, message) => {
    const { error, written, invocation } = await parse(...args);
    expect(error).toBeInstanceOf(CommanderError);
    expect(written).toMatch(message);
    expect(invocation).toBeUndefined();
  });

  it.each(['plan', 'diff', 'apply', 'wait', 'verify', 'delete'])(
    'explains %s',
    async name => {
      const { error, written } = await parse(name, '--help');
      expect(error).toMatchObject({ exitCode: 0 });
      expect(written).toContain(`sportsbook-scaling ${name}`);
      expect(written).toContain('--context <name>');
      expect(written).toContain('--output <format>');
    },
  );

  it('lists its exit codes in its help', async () => {
    const { written } = await parse('--help');
    expect(written).toMatch(/10\s+changes are pending/);
  });
});

describe('durations', () => {
  it.each([
    ['90', 90],
    ['90s', 90],
    ['1.5m', 90],
    ['2h', 7200],
    ['0', undefined],
    ['-1', undefined],
    ['5d', undefined],
    ['', undefined],
  ])('%s is %s s', (text, seconds) => {
    expect(parseDurationSeconds(text)).toBe(seconds);
  });
});

describe('names of objects', () => {
  it.each([
    ['deployment/odds-api', { kind: 'deployment', name: 'odds-api' }],
    [
      'scaledobjects.keda.sh/odds-api',
      { kind: 'scaledobjects', group: 'keda.sh', name: 'odds-api' },
    ],
    ['odds-api', undefined],
    ['/odds-api', undefined],
    ['a/b/c', undefined],
  ])('%s', (text, name) => {
    expect(parseObjectName(text)).toEqual(name);
  });
});

describe('files of manifests', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cli-manifests-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const read = (...sources: string[]) =>
    readManifestFiles(sources, { stdin: Readable.from(['from: stdin']) });

  it('are those of a folder by name, and others where they are named', async () => {
    await mkdir(path.join(folder, 'a'));
    await writeFile(path.join(folder, 'b.yml'), 'b: 1');
    await writeFile(path.join(folder, 'a', 'c.json'), '{}');
    await writeFile(path.join(folder, 'README.md'), '# no manifest');
    expect(await read(folder, '-')).toEqual([
      { path: `${folder}/a/c.json`, text: '{}' },
      { path: `${folder}/b.yml`, text: 'b: 1' },
      { path: 'stdin', text: 'from: stdin' },
    ]);
  });

  it('are refused where there are none', async () => {
    await expect(read(folder)).rejects.toThrow(/holds no file that ends in/);
    await expect(read(`${folder}/none`)).rejects.toThrow(/ENOENT/);
  });

  it('of an address are what was pinned, or nothing', async () => {
    const text = 'kind: Pinned';
    const server = createServer((_, response) => response.end(text));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
    const digest = createHash('sha256').update(text).digest('hex');
    try {
      expect(await read(`${url}#sha256=${digest}`)).toEqual([
        { path: url, text },
      ]);
      await expect(read(url)).rejects.toThrow(/Pin what you have looked at/);
      await expect(read(`${url}#sha256=${'0'.repeat(64)}`)).rejects.toThrow(
        `its SHA-256 is ${digest}`,
      );
    } finally {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    }
  });
});

describe('what a write may do', () => {
  it('reads the field behind the object', () => {
    expect(parseForceField('deployment.apps/odds:.spec.replicas')).toEqual({
      object: 'deployment.apps/odds',
      field: '.spec.replicas',
    });
    expect(() => parseForceField('deployment/odds')).toThrow(
      /Write KIND\/NAME:\.FIELD/,
    );
  });

  it('says of a set only what is known of one', () => {
    const options = {
      ...{
        forceField: [],
        migrateFrom: [],
        filename: [],
        otherNamespace: [],
        retry: 1,
        recreate: [],
      },
      ...{ recreateLosingData: [], output: 'table' as const },
    };
    const place = { namespace: 'betting' };
    expect(applySetOf(options, place)).toEqual({});
    expect(
      applySetOf({ ...options, applySet: 'odds', prune: true }, place),
    ).toEqual({
      applySet: { name: 'odds', namespace: 'betting' },
      prune: true,
    });
    expect(() => applySetOf({ ...options, prune: true }, place)).toThrow(
      /--prune needs the set that is meant/,
    );
  });
});

describe('the cluster that is meant', () => {
  const kubeconfig = (
    names: string[],
    currentContext?: string,
  ): OpenedKubeconfig => ({
    contexts: names.map(name => ({ name })),
    currentContext,
    connect: () => Promise.reject(new Error('nobody connects here')),
  });

  it('is the named one', () => {
    expect(
      chooseContext(kubeconfig(['dev', 'prod'], 'prod'), { context: 'dev' }),
    ).toEqual({ name: 'dev' });
  });

  it('is the only one where nobody named any', () => {
    expect(chooseContext(kubeconfig(['dev']), {})).toEqual({ name: 'dev' });
  });

  it('is never what a shell was switched to, unless that is asked for', () => {
    const given = kubeconfig(['dev', 'prod'], 'prod');
    expect(() => chooseContext(given, {})).toThrow(
      /not guessed\. Add --context NAME, or --current-context for 'prod'\. It has dev, prod\./,
    );
    expect(chooseContext(given, { currentContext: true })).toEqual({
      name: 'prod',
    });
  });

  it.each([
    [kubeconfig(['dev', 'prod']), { context: 'test' }, /It has dev, prod\./],
    [kubeconfig([]), {}, /It has none\./],
    [
      kubeconfig(['dev', 'prod']),
      { currentContext: true },
      /names no current context/,
    ],
  ])('is refused with the ones that there are (%#)', (given, wanted, says) => {
    expect(() => chooseContext(given, wanted)).toThrow(says);
  });
});

describe('exit codes', () => {
  const blocked = [
    {
      ref: { apiVersion: 'v1', kind: 'Pod', name: 'a' },
      status: 'failed' as const,
      message: '',
      causes: [],
    },
  ];

  it.each([
    [new Error('surprise'), 1],
    ['no error at all', 1],
    [new InputError('which?'), 2],
    [new ManifestError([{ file: 'a', document: 1, message: 'no' }]), 2],
    [new PlanRefusedError('dev', [{ message: 'no' }]), 3],
    [
      new PlanRefusedError('dev', [
        { message: 'theirs', conflicts: [{ manager: 'a', field: '.b' }] },
      ]),
      4,
    ],
    [
      new PlanRefusedError('dev', [
        { message: 'theirs', conflicts: [{ manager: 'a', field: '.b' }] },
        { message: 'no' },
      ]),
      3,
    ],
    [new FieldConflictError('theirs', []), 4],
    [new WaitFailedError(blocked), 5],
    [new WaitTimeoutError(3, blocked), 6],
    [new ClusterForbiddenError('no'), 7],
    [new ClusterUnreachableError('no'), 8],
    [
      new ScalingChainBrokenError(
        'odds',
        { link: 'pods', reason: 'a', nextStep: 'b', afterSeconds: 1 },
        [],
      ),
      9,
    ],
    [new ApplyFailedError('what a day', []), 11],
    [new DeleteFailedError('what a day', []), 11],
    [new ApplyFailedError('no', [], new ClusterUnreachableError('no')), 8],
    [new ApplyFailedError('no', [], new FieldConflictError('no', [])), 4],
  ])('of %s is %s', (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});

describe('signals', () => {
  function signalled() {
    const listeners = new Map<string, () => void>();
    const exits: number[] = [];
    const signal = cancelOnSignals(
      {
        on(name: string, listener: () => void) {
          listeners.set(name, listener);
          return process;
        },
      } as Pick<NodeJS.Process, 'on'>,
      code => exits.push(code),
    );
    return { signal, exits, send: (name: string) => listeners.get(name)?.() };
  }

  it('the first one cancels, so that there is time for a report', () => {
    const { signal, exits, send } = signalled();
    send('SIGTERM');
    expect(signal.reason).toBeInstanceOf(CancelledBySignal);
    expect(signal.reason).toMatchObject({ exitCode: 143 });
    expect(exits).toEqual([]);
  });

  it('the second one ends it at once', () => {
    const { exits, send } = signalled();
    send('SIGINT');
    send('SIGINT');
    expect(exits).toEqual([130]);
  });
});

describe('progress', () => {
  function written(isTTY: boolean, colour = false) {
    const parts: string[] = [];
    const progress = createProgress(
      { isTTY, columns: 30, write: text => parts.push(text) },
      { colour },
    );
    progress.step('created Service betting/odds-api-with-a-long-name');
    progress.warn('look');
    progress.end();
    return parts.join('');
  }

  it('is plain lines where there is no terminal', () => {
    expect(written(false)).toBe(
      'created Service betting/odds-api-with-a-long-name\nWarning: look\n',
    );
  });

  it('is one line on a terminal, no wider than it, that is gone at the end', () => {
    const text = written(true);
    expect(text.endsWith('\r\u001b[2K')).toBe(true);
    expect(text).toContain('\r\u001b[2KWarning: look\n');
    const lines = text.split('\r\u001b[2K');
    expect(lines.filter(line => line.length > 29)).toEqual([]);
    expect(lines).toContain('created Service betting/odds…');
  });

  it('has colours only where they are wanted', () => {
    expect(written(true)).not.toContain('\u001b[33m');
    expect(written(true, true)).toContain('\u001b[33mWarning:\u001b[39m');
  });
});

describe('the report', () => {
  const report = {
    problems: [{ message: 'no such kind; install KEDA' }],
    changes: [
      {
        ref: {
          apiVersion: 'v1',
          kind: 'Service',
          namespace: 'betting',
          name: 'odds',
        },
        action: 'configured' as const,
        file: 'k8s/service.yaml',
        line: 3,
        changedFields: ['.a', '.b', '.c', '.d'],
        warnings: [],
      },
    ],
  };

  it('is a table of what was done, below what speaks against it', () => {
    expect(renderReport(report, { colour: false })).toBe(
      [
        'Problems:',
        '- no such kind; install KEDA',
        '',
        'OBJECT                 CHANGE       SOURCE               DETAILS',
        'Service betting/odds   configured   k8s/service.yaml:3   .a, .b, .c and 1 more',
        '',
        '1 configured',
      ].join('\n'),
    );
  });

  it('has the same columns with colours', () => {
    const painted = renderReport(report, { colour: true });
    expect(painted).toContain('\u001b[33mconfigured\u001b[39m   k8s');
  });
});
