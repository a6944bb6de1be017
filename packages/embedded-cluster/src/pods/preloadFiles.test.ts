import { answerOf } from './__testUtils__/answerOf';
import { IMAGE, TestNode } from './__testUtils__/TestNode';

jest.setTimeout(30_000);

/** What each line of a program throws, or gives. */
const OUTCOMES = `
  const fs = require('node:fs');
  const outcomes = [];
  const note = async action => {
    try {
      outcomes.push((await action()) ?? 'done');
    } catch (error) {
      outcomes.push(error.code ?? error.message);
    }
  };
`;

const WRITABLE = { securityContext: {} };

describe('files, as a pod sees them', () => {
  const node = new TestNode();

  beforeAll(async () => {
    await node.images.push(IMAGE, [
      [
        { name: 'app/deep/er/file', content: 'a file' },
        { name: 'app/deep/er/link', type: 'symlink', linkname: '../../../top' },
        { name: 'app/deep/near', type: 'symlink', linkname: 'er/file' },
        { name: 'top', content: 'the top' },
        {
          name: 'app/module.js',
          content: 'exports.value = require("/app/other.js").value',
        },
        { name: 'app/other.js', content: 'exports.value = 42' },
        { name: 'app/other.mjs', content: 'export const value = 43' },
        { name: 'app/deep/er/value.js', content: 'exports.x = 7' },
        { name: 'app/.env', content: 'FROM_FILE=yes' },
        {
          name: 'app/worker.js',
          content: `require('node:worker_threads').parentPort.postMessage(require('/app/other.js').value)`,
        },
        {
          name: 'app/first.js',
          content: `globalThis.first = require('node:fs').readFileSync('/top', 'utf8')`,
        },
      ],
    ]);
    await node.start();
  });

  afterAll(() => node.close());

  it('moves, links and copies no symbolic link to where it would lead out, and all others', async () => {
    const answers = await answerOf(
      node,
      'links',
      `${OUTCOMES}
        // Up to where "../../../top" is above the image.
        await note(() => fs.renameSync('/app/deep/er/link', '/link'));
        await note(() => fs.linkSync('/app/deep/er/link', '/app/link'));
        await note(() => fs.promises.rename('/app/deep/er/link', '/tmp/link'));
        await note(() => new Promise((resolve, reject) => fs.rename('/app/deep', '/deep', error => error ? reject(error) : resolve())));
        await note(() => fs.cpSync('/app/deep', '/copy', { recursive: true, verbatimSymlinks: true }));
        await note(() => fs.promises.cp('/app/deep', '/copy', { recursive: true, verbatimSymlinks: true }));
        await note(() => fs.symlinkSync('/top', '/new'));
        await note(() => fs.promises.symlink('/top', '/new'));
        await note(() => fs.existsSync('/copy') || fs.existsSync('/deep') || fs.existsSync('/link'));
        await note(() => fs.renameSync('/app/deep/near', '/app/deep/er/nearer'));
        await note(() => fs.renameSync('/app/deep/er', '/app/deep/other'));
        await note(() => fs.readFileSync('/app/deep/other/link', 'utf8'));
        await note(() => fs.copyFileSync('/app/deep/other/link', '/copied'));
        await note(() => fs.readFileSync('/copied', 'utf8'));
        return outcomes;
      `,
      WRITABLE,
    );
    expect(answers).toEqual([
      'EPERM',
      'EPERM',
      'EPERM',
      'EPERM',
      'EPERM',
      'EPERM',
      'EPERM',
      'EPERM',
      false,
      'done',
      'done',
      'the top',
      'done',
      'the top',
    ]);
  });

  it('says which link it is', async () => {
    const answer = await answerOf(
      node,
      'which',
      `try { require('node:fs').renameSync('/app/deep', '/deep') } catch ({ message }) { return message }`,
      WRITABLE,
    );
    expect(answer).toBe(
      "EPERM: operation not permitted, rename '/app/deep' -> '/deep': the symbolic link /app/deep/er/link would lead out of the container from there",
    );
  });

  it('has volumes as devices of their own', async () => {
    const answers = await answerOf(
      node,
      'devices',
      `${OUTCOMES}
        fs.writeFileSync('/tmp/x', 'x');
        await note(() => fs.renameSync('/tmp/x', '/app/x'));
        await note(() => fs.renameSync('/app/x', '/scratch/x'));
        await note(() => fs.linkSync('/app/x', '/scratch/x'));
        await note(() => fs.copyFileSync('/app/x', '/scratch/x'));
        await note(() => fs.renameSync('/scratch/x', '/scratch/y'));
        return outcomes;
      `,
      {
        ...WRITABLE,
        volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
      },
      { volumes: [{ name: 'scratch', emptyDir: {} }] },
    );
    expect(answers).toEqual(['done', 'EXDEV', 'EXDEV', 'done', 'done']);
  });

  it('takes paths in every form, and up from the working folder as far as the root', async () => {
    const answers = await answerOf(
      node,
      'forms',
      `${OUTCOMES}
        const { text } = require('node:stream/consumers');
        fs.writeFileSync('/tmp/here', '');
        await note(() => fs.readFileSync(Buffer.from('/top'), 'utf8'));
        await note(() => fs.readFileSync(new URL('file:///top'), 'utf8'));
        await note(() => fs.readFileSync(Buffer.from([0x2f, 0xff])));
        await note(() => fs.readFileSync('../top', 'utf8'));
        await note(() => fs.readFileSync('../../../../../../../../../../top', 'utf8'));
        await note(() => text(new fs.ReadStream('/top')));
        await note(() => fs.globSync('/app/deep/*/f*'));
        await note(() => fs.globSync(['/app/deep/*/f*', '/tmp/*', '/app/deep/er/*le', process.cwd() + '/*.mjs']).map(path => path.replace(process.cwd(), 'cwd')));
        await note(() => fs.globSync('f*', { cwd: '/app/deep/er' }));
        await note(() => new Promise(resolve => fs.glob('/t*p', (error, found) => resolve(found))));
        await note(async () => { for await (const name of fs.promises.glob('/t*p')) return name; });
        await note(async () => { const opened = await fs.promises.opendir('/app/deep'); const { name } = await opened.read(); await opened.close(); return name; });
        process.chdir('/app/deep/er');
        await note(() => fs.readFileSync('file', 'utf8'));
        await note(() => fs.readFileSync('../near', 'utf8'));
        process.chdir('../../../../../../../..');
        await note(() => fs.readFileSync('top', 'utf8'));
        await note(() => process.chdir('/etc'));
        process.loadEnvFile('/app/.env');
        await note(() => process.env.FROM_FILE);
        await note(() => fs.chownSync('/top', process.getuid(), process.getgid()));
        return outcomes;
      `,
      WRITABLE,
    );
    expect(answers).toEqual([
      'the top',
      'the top',
      'ERR_INVALID_ARG_VALUE',
      'the top',
      'the top',
      'the top',
      ['/app/deep/er/file'],
      ['/app/deep/er/file', '/tmp/here', 'cwd/other.mjs'],
      ['file'],
      ['/top'],
      '/top',
      expect.stringMatching(/^(er|near)$/),
      'a file',
      'a file',
      'the top',
      'ENOENT',
      'yes',
      'done',
    ]);
  });

  it('finds modules and threads by its own paths', async () => {
    const answers = await answerOf(
      node,
      'modules',
      `
        const { Worker } = require('node:worker_threads');
        const { once } = require('node:events');
        return [
          require('/app/module.js').value,
          (await import('/app/other.mjs')).value,
          (await import('file:///app/other.mjs')).value,
          (await once(new Worker('/app/worker.js'), 'message'))[0],
          (await once(new Worker(new URL('file:///app/worker.js')), 'message'))[0],
          (await import('/app/absent.mjs').catch(error => error.code)),
        ];
      `,
    );
    expect(answers).toEqual([42, 43, 43, 42, 42, 'ERR_MODULE_NOT_FOUND']);
  });

  it('keeps databases in the container', async () => {
    const answers = await answerOf(
      node,
      'databases',
      `${OUTCOMES}
        process.removeAllListeners('warning');
        const { DatabaseSync, backup } = require('node:sqlite');
        const database = new DatabaseSync('/tmp/odds.db');
        database.exec("create table odds (name text); insert into odds values ('attach database to; vacuum into')");
        await note(() => database.prepare('select name from odds').get().name);
        await note(() => fs.existsSync('/tmp/odds.db'));
        await note(() => new DatabaseSync('file:/tmp/odds.db?mode=ro').prepare('select count(*) as count from odds').get().count);
        await note(() => new DatabaseSync(new URL('file:///tmp/odds.db')).isOpen);
        await note(() => new DatabaseSync('/proc/odds.db'));
        await note(() => new DatabaseSync('../../../../../../../../../../tmp/odds.db').prepare('select count(*) as count from odds').get().count);
        await note(() => database.exec("attach '/tmp/other.db' as other"));
        await note(() => database.exec("select 1; /* and */ ATTACH DATABASE '/tmp/other.db' as other"));
        await note(() => database.prepare("vacuum main into '/tmp/other.db'"));
        await note(() => database.exec("attach ':memory:' as scratch; create table scratch.x (y)"));
        await note(() => backup(database, '/tmp/copy.db').then(() => fs.existsSync('/tmp/copy.db')));
        await note(() => backup(database, '/proc/copy.db'));
        await note(() => new (class extends DatabaseSync {})(':memory:') instanceof DatabaseSync);
        await note(async () => (await import('node:sqlite')).DatabaseSync === DatabaseSync);
        await note(() => process.getBuiltinModule('node:sqlite').DatabaseSync === DatabaseSync);
        return outcomes;
      `,
      WRITABLE,
    );
    expect(answers).toEqual([
      'attach database to; vacuum into',
      true,
      1,
      true,
      'ERR_SQLITE_ERROR',
      1,
      'ERR_SQLITE_ERROR',
      'ERR_SQLITE_ERROR',
      'ERR_SQLITE_ERROR',
      'done',
      true,
      'ERR_SQLITE_ERROR',
      true,
      true,
      true,
    ]);
  });

  it('lets a database that may not be written be read', async () => {
    const answers = await answerOf(
      node,
      'read-only-database',
      `${OUTCOMES}
        const { DatabaseSync } = require('node:sqlite');
        await note(() => new DatabaseSync('/app/none.db'));
        await note(() => fs.existsSync('/app/none.db'));
        return outcomes;
      `,
    );
    expect(answers).toEqual(['ERR_SQLITE_ERROR', false]);
  });

  it('starts no other programs, and says what else there is', async () => {
    const answers = await answerOf(
      node,
      'programs',
      `
        const messages = [];
        const childProcess = require('node:child_process');
        for (const start of [
          () => childProcess.spawn('ls'),
          () => childProcess.execSync('ls'),
          () => childProcess.fork('/app/module.js'),
          () => { const cluster = require('node:cluster'); cluster.setupPrimary({ exec: '/app/module.js' }); cluster.fork(); },
          () => process.binding('fs'),
          () => process.dlopen({ exports: {} }, '/app/native.node'),
        ]) {
          try { start(); messages.push('started'); } catch ({ code, message }) { messages.push(message.includes('worker threads') || code); }
        }
        return messages;
      `,
    );
    expect(answers).toEqual([
      true,
      true,
      true,
      true,
      'ERR_ACCESS_DENIED',
      'ERR_DLOPEN_DISABLED',
    ]);
  });

  it('reaches no other process with a signal', async () => {
    const answers = await answerOf(
      node,
      'signals',
      `${OUTCOMES}
        let count = 0;
        process.on('SIGUSR2', () => { count += 1; });
        const { setTimeout: sleep } = require('node:timers/promises');
        for (const pid of [process.pid, 0, 1, -1, -process.pid, process.ppid, ${process.pid}, 'x']) {
          await note(() => process.kill(pid, 'SIGUSR2'));
          await sleep(20);
        }
        return [...outcomes, count];
      `,
    );
    expect(answers).toEqual([
      ...[true, true, true, true, true],
      'ESRCH',
      'ESRCH',
      'ERR_INVALID_ARG_TYPE',
      5,
    ]);
  });

  it('shows variables as they are declared, though Node was started with others', async () => {
    const declared = {
      NODE_OPTIONS: '--require /app/first.js --max-old-space-size=100',
      NODE_EXTRA_CA_CERTS: '/app/ca.crt',
      NODE_PATH: '/app/deep:/other',
      LD_LIBRARY_PATH: '/app/lib',
      NODE_CHANNEL_FD: '3',
    };
    const answers = await answerOf(
      node,
      'variables',
      `return [globalThis.first, require('er/value').x, process.send === undefined, ${JSON.stringify(
        Object.keys(declared),
      )}.map(name => process.env[name])]`,
      {
        env: Object.entries(declared).map(([name, value]) => ({ name, value })),
      },
    );
    expect(answers).toEqual(['the top', 7, true, Object.values(declared)]);
  });

  it.each(['LD_PRELOAD', 'DYLD_INSERT_LIBRARIES', 'OPENSSL_MODULES'])(
    'refuses to start with %s, which loads native code',
    async name => {
      node.runPod(name.toLowerCase().replaceAll('_', '-'), {
        command: ['node', '-e', '0'],
        env: [{ name, value: '/usr/lib/x.so' }],
      });
      const pod = await node.until(
        name.toLowerCase().replaceAll('_', '-'),
        ({ status }) =>
          status.containerStatuses[0]?.state.waiting?.message !== undefined ||
          status.containerStatuses[0]?.state.terminated?.message !== undefined,
      );
      expect(JSON.stringify(pod.status)).toContain(
        `${name} loads native code, which nothing would hold to the container`,
      );
    },
  );
});
