import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readE2eOptions } from '../e2e/options.mjs';
import { root } from '../setup/paths.mjs';
import { announcement } from '../start/announcement.mjs';
import { lineFilter } from '../start/Backend.mjs';
import { configuredGitHost } from '../start/configuredGitHost.mjs';
import { followFile } from '../start/followFile.mjs';
import { gitAccount } from '../start/gitAccount.mjs';
import { findContexts } from '../start/kubeconfig.mjs';
import { readStartOptions } from '../start/options.mjs';
import { overlay } from '../start/overlay.mjs';
import { runningBackend, writePidFile } from '../start/pidFile.mjs';
import { listeningInodes, portOwner } from '../start/portOwner.mjs';
import { requireFreePort } from '../start/requireFreePort.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'start-'));
after(() => rmSync(scratch, { recursive: true }));

const options = (args, environment = {}) =>
  readStartOptions(args, {
    environment,
    directory: '/here',
    stateDefault: '/checkout/.local/state',
  });

describe('the flags of npm start', () => {
  test('name no cluster by themselves, but the embedded one', () => {
    const read = options([], { KUBECONFIG: '/k' });
    assert.deepEqual(read.clusters, []);
    assert.equal(read.embedded, true);
    assert.deepEqual(read.namespaces, ['betting']);
    assert.equal(options(['--cluster', 'dev']).embedded, false);
    assert.equal(options(['--no-cluster']).embedded, false);
    assert.deepEqual(options(['--no-cluster']).namespaces, ['default']);
  });

  test('say which clusters, namespaces and registry to use', () => {
    const read = options([
      ...['--cluster', 'dev', '--cluster', 'test', '--cluster', 'dev'],
      ...['--kubeconfig', 'k', '--namespace', 'betting'],
      ...['--registry', 'localhost:5000', '--registry-insecure'],
    ]);
    assert.deepEqual(read.clusters, ['dev', 'test']);
    assert.deepEqual(read.kubeconfigs, ['/here/k']);
    assert.deepEqual(read.namespaces, ['betting']);
    assert.equal(read.registry, 'localhost:5000');
    assert.equal(read.registryInsecure, true);
    assert.deepEqual([read.port, read.gitPort], [7007, 7008]);
  });

  test('look into the files of KUBECONFIG, else into the usual one', () => {
    assert.deepEqual(options([], { KUBECONFIG: '/a:/b' }).kubeconfigs, [
      '/a',
      '/b',
    ]);
    assert.deepEqual(options([]).kubeconfigs, [
      join(homedir(), '.kube', 'config'),
    ]);
  });

  for (const [args, problem] of [
    [['--clusters', 'dev'], /'--clusters'.*--help/],
    [['dev'], /'dev'.*--help/],
    [['--port', '70000'], /--port 70000: give a number from 1 to 65535/],
    [['--port', '1e3'], /--port 1e3/],
    [['--port', '7008'], /both 7008/],
    [['--namespace', 'Betting'], /--namespace Betting: a namespace has/],
    [
      ['--cluster', 'd', '--registry', 'http://r:5000'],
      /--registry http:.*without a scheme/,
    ],
    [['--registry-insecure'], /--registry-insecure .*add --registry/],
    [['--registry', 'r:5000'], /--registry says .*add --cluster <context>/],
    [['--kubeconfig', 'k'], /--kubeconfig says .*add --cluster <context>/],
    [['--cluster', 'dev', '--no-cluster'], /dev and --no-cluster contradict/],
  ]) {
    test(`are refused when they are ${args.join(' ')}`, () => {
      assert.throws(() => options(args), problem);
    });
  }
});

describe('findContexts', () => {
  const file = (name, contexts) => {
    const path = join(scratch, name);
    writeFileSync(
      path,
      JSON.stringify({
        'current-context': contexts[0],
        clusters: contexts.map(context => ({
          name: `${context}-cluster`,
          cluster: { server: `https://${context}:6443` },
        })),
        contexts: contexts.map(context => ({
          name: context,
          context: { cluster: `${context}-cluster`, user: `${context}-user` },
        })),
      }),
    );
    return path;
  };
  const one = file('one', ['dev', 'test']);
  const two = file('two', ['prod']);
  const find = (files, contexts) => findContexts(files, contexts, JSON.parse);

  test('gives server and user of the contexts and the file that holds them', () => {
    assert.deepEqual(find([two, one], ['test']), {
      path: one,
      clusters: [
        { context: 'test', server: 'https://test:6443', user: 'test-user' },
      ],
    });
  });

  test('lists the known contexts when one is unknown', () => {
    assert.throws(
      () => find([one, two], ['stage']),
      /no context "stage".*Known contexts: dev, test, prod/,
    );
  });

  test('asks for one file when the contexts are spread', () => {
    assert.throws(() => find([one, two], ['dev', 'prod']), /different files/);
  });

  test('says which file is missing or unreadable', () => {
    assert.throws(
      () => find([join(scratch, 'none')], ['dev']),
      /no kubeconfig at .*none.*--kubeconfig/,
    );
    const broken = join(scratch, 'broken');
    writeFileSync(broken, '{');
    assert.throws(() => find([broken], ['dev']), /broken cannot be read/);
  });
});

describe('the configuration that npm start lays over app-config.yaml', () => {
  const account = { username: 'u', password: 'p' };

  test('listens on loopback only and names no cluster that nobody named', () => {
    const config = overlay(options(['--port', '7100']), {
      gitAccount: account,
    });
    assert.deepEqual(config.backend.listen, { host: '127.0.0.1', port: 7100 });
    assert.equal(config.app.baseUrl, 'http://127.0.0.1:7100');
    assert.equal(config.backend.baseUrl, 'http://127.0.0.1:7100');
    assert.equal('kubernetesKubeconfig' in config, false);
    assert.deepEqual(config.sportsbookScaling, {});
  });

  test('lets the guest create in the named clusters and namespaces, and nowhere else', () => {
    const config = overlay(
      options([
        ...['--cluster', 'dev', '--namespace', 'betting'],
        ...['--node-address', '10.0.0.1'],
        ...['--registry', 'r:5000', '--base-image', 'library/node:22'],
      ]),
      { kubeconfig: '/k', gitAccount: account },
    );
    assert.deepEqual(config.kubernetesKubeconfig, {
      path: '/k',
      contexts: ['dev'],
    });
    assert.deepEqual(config.sportsbookScaling, {
      apply: {
        rules: [
          {
            users: ['user:default/guest'],
            templates: [
              'template:default/sportsbook-autoscaled-service',
              'template:default/remove-autoscaled-service',
            ],
            clusters: ['dev'],
            namespaces: ['betting'],
          },
        ],
      },
      clusters: [{ name: 'dev', nodeAddress: '10.0.0.1' }],
      image: {
        registry: 'r:5000',
        insecure: false,
        buildDirectory: '/checkout/.local/state/builds',
        installAhead: true,
        baseImage: 'library/node:22',
      },
    });
  });

  test('uses what the embedded cluster says of itself, which runs the git host as well', () => {
    const config = overlay(options([]), {
      embedded: {
        url: 'https://127.0.0.1:1',
        kubeconfig: '/state/kubeconfig',
        context: 'embedded',
        registry: '127.0.0.1:2',
      },
      gitAccount: account,
    });
    assert.deepEqual(config.kubernetesKubeconfig, {
      path: '/state/kubeconfig',
      contexts: ['embedded'],
    });
    assert.deepEqual(config.sportsbookScaling.image, {
      registry: '127.0.0.1:2',
      insecure: true,
      buildDirectory: '/checkout/.local/state/builds',
      installAhead: true,
    });
    assert.deepEqual(
      config.sportsbookScaling.apply.rules.map(rule => [
        rule.clusters,
        rule.namespaces,
        rule.kinds,
      ]),
      [
        [['embedded'], ['betting'], undefined],
        // The template that prepares a cluster finds everything there.
        [['embedded'], ['*'], ['monitoring.coreos.com/Prometheus']],
      ],
    );
    assert.equal('gitHost' in config, false);
    assert.equal(config.integrations.gitea[0].host, '127.0.0.1:7008');
  });

  test('makes the built-in git host the one that the template publishes to', () => {
    const config = overlay(options(['--git-port', '7200']), {
      gitAccount: account,
    });
    assert.deepEqual(config.gitHost, {
      port: 7200,
      directory: '/checkout/.local/state/repositories',
      owner: 'sportsbook',
    });
    assert.deepEqual(config.integrations.gitea, [
      { host: '127.0.0.1:7200', baseUrl: 'http://127.0.0.1:7200', ...account },
    ]);
    assert.deepEqual(config.scaffolder.defaultEnvironment.parameters, {
      gitHost: 'gitea',
      gitHostName: '127.0.0.1:7200',
      gitHostUrl: 'http://127.0.0.1:7200',
      gitOwner: 'sportsbook',
    });
  });

  test('leaves repositories to a host that is configured', () => {
    const config = overlay(options([]), {});
    assert.equal('gitHost' in config, false);
    assert.equal('integrations' in config, false);
    assert.equal('scaffolder' in config, false);
  });
});

describe('configuredGitHost', () => {
  const config = (name, content) => {
    const file = join(scratch, name);
    writeFileSync(file, JSON.stringify(content));
    return { file, optional: false };
  };
  const chosen = { parameters: { gitHost: 'github' } };

  test('is undefined when no file says anything', () => {
    const none = { file: join(scratch, 'absent'), optional: true };
    assert.equal(configuredGitHost([none], JSON.parse), undefined);
  });

  test('is what the configuration chose', () => {
    const files = [
      config('a.json', { integrations: { github: [] } }),
      config('b.json', { scaffolder: { defaultEnvironment: chosen } }),
    ];
    assert.equal(configuredGitHost(files, JSON.parse), 'github');
  });

  test('asks for a choice when there are integrations only', () => {
    const files = [config('c.json', { integrations: { github: [] } })];
    assert.throws(
      () => configuredGitHost(files, JSON.parse),
      /integrations \(github\).*gitHost \(gitea, github, gitlab, bitbucketCloud or bitbucketServer\)/,
    );
  });

  test('says which file cannot be read', () => {
    const missing = { file: join(scratch, 'absent'), optional: false };
    assert.throws(
      () => configuredGitHost([missing], JSON.parse),
      /absent cannot be read/,
    );
  });
});

test('the git account is made once and readable by its owner only', () => {
  const file = join(scratch, 'secrets', 'git-password');
  const account = gitAccount(file);
  assert.match(account.password, /^[A-Za-z0-9_-]{32}$/);
  assert.deepEqual(gitAccount(file), account);
  assert.equal(statSync(file).mode % 0o1000, 0o600);
  assert.notEqual(
    gitAccount(join(scratch, 'other')).password,
    account.password,
  );
});

describe('a busy port', () => {
  const listening = async work => {
    const server = createServer();
    await new Promise(done => server.listen(0, '127.0.0.1', done));
    try {
      await work(server.address().port);
    } finally {
      server.close();
    }
  };

  test('is said to belong to the process that listens, with the flag that chooses another', () =>
    listening(async port => {
      assert.equal(portOwner(port).pid, process.pid);
      await assert.rejects(
        requireFreePort(port, '--port'),
        error =>
          error.message.includes(`held by process ${process.pid} (`) &&
          error.message.includes('--port <number>'),
      );
    }));

  test('stops npm start before it sets anything up', () =>
    listening(async port => {
      const { status, stderr } = await start(['--port', String(port)]);
      assert.equal(status, 1);
      assert.match(stderr, new RegExp(`Port ${port} of 127.0.0.1 is held by`));
    }));

  test('is free again afterwards', async () => {
    let used;
    await listening(async port => {
      used = port;
    });
    await requireFreePort(used, '--port');
    assert.equal(portOwner(used), undefined);
  });

  test('is found in the table of the kernel by port and state', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:1B5F 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1',
      '   1: 0100007F:1B5F 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 4712 1',
      '   2: 0100007F:1B60 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1',
    ].join('\n');
    assert.deepEqual(listeningInodes(table, 7007), ['4711']);
  });
});

function start(args) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [
      join(root, 'scripts/start.mjs'),
      ...args,
    ]);
    let stderr = '';
    child.stderr.on('data', data => (stderr += data));
    child.once('close', status => resolve({ status, stderr }));
  });
}

describe('the note of the running backend', () => {
  const file = join(scratch, 'state', 'backend.json');

  test('is believed while that backend runs, and only then', async () => {
    assert.equal(runningBackend(file), undefined);
    const child = spawn(process.execPath, [
      '-e',
      'console.log("up"); setInterval(() => {}, 1000)',
      'nodeTransform.cjs',
    ]);
    await new Promise(up => child.stdout.once('data', up));
    writePidFile(file, { pid: child.pid, url: 'http://127.0.0.1:7007' });
    assert.deepEqual(runningBackend(file), {
      pid: child.pid,
      url: 'http://127.0.0.1:7007',
    });
    child.kill('SIGKILL');
    await new Promise(closed => child.once('close', closed));
    assert.equal(runningBackend(file), undefined);
  });

  test('is not believed when the number is another program’s by now', () => {
    writePidFile(file, { pid: process.ppid, url: 'http://127.0.0.1:7007' });
    assert.equal(runningBackend(file), undefined);
  });

  test('that is damaged counts for nothing', () => {
    writeFileSync(file, '{');
    assert.equal(runningBackend(file), undefined);
  });
});

test('of the backend’s log a person sees warnings and errors with their details', () => {
  const shown = lineFilter(false);
  const lines = [
    '2026-01-01T00:00:00.000Z catalog info Performing migration',
    '2026-01-01T00:00:01.000Z \u001b[34mcatalog\u001b[39m \u001b[31merror\u001b[39m It broke',
    '    at somewhere',
    '2026-01-01T00:00:02.000Z catalog info went on',
    '2026-01-01T00:00:03.000Z auth warn Take care',
  ];
  assert.deepEqual(lines.filter(shown), [lines[1], lines[2], lines[4]]);
  assert.deepEqual(lines.filter(lineFilter(true)), lines);
});

test('the lines of a log are handed on whole, whatever pieces they come in', async () => {
  const file = join(scratch, 'followed.log');
  writeFileSync(file, 'one\ntw');
  const lines = [];
  const unfollow = followFile(file, line => lines.push(line));
  await sleep(300);
  assert.deepEqual(lines, ['one']);
  const umlaut = Buffer.from('ö\n');
  appendFileSync(file, umlaut.subarray(0, 1));
  await sleep(300);
  appendFileSync(file, umlaut.subarray(1));
  appendFileSync(file, 'last');
  unfollow();
  assert.deepEqual(lines, ['one', 'twö', 'last']);
});

test('the announcement says how to name what is missing', () => {
  const say = (args, kubeconfig, embedded) =>
    announcement({
      url: 'http://127.0.0.1:7007',
      kubeconfig,
      embedded,
      options: options(args),
      logFile: '/log',
    });
  assert.match(
    say(['--no-cluster']),
    /No cluster.*npm start -- --cluster <context/,
  );
  const clusters = [{ context: 'dev', server: 'https://dev', user: 'me' }];
  assert.match(
    say(['--cluster', 'dev'], { clusters }),
    /cluster dev: https:\/\/dev as me; .* in default\n.*--registry/,
  );
  const embedded = { url: 'https://127.0.0.1:1', kubeconfig: '/k' };
  const said = say([], undefined, embedded);
  assert.match(said, /cluster embedded: https:\/\/127.0.0.1:1.* in betting/);
  assert.match(said, /no security boundary/);
  assert.match(said, /kubectl --kubeconfig \/k/);
  assert.doesNotMatch(said, /No cluster/);
});

describe('npm run e2e', () => {
  const e2e = (...args) => readE2eOptions(args);

  test('needs a cluster and the word that it is disposable', () => {
    assert.throws(() => e2e('--disposable'), /--cluster <context/);
    assert.throws(() => e2e('--cluster', '--disposable'), /--cluster <context/);
    assert.throws(() => e2e('--cluster', 'dev'), /"dev".*--disposable/);
    assert.throws(
      () => e2e('--cluster', 'dev', '--disposable=false'),
      /--disposable/,
    );
    assert.deepEqual(e2e('--cluster=dev', '--disposable', '--keep'), {
      cluster: 'dev',
      embedded: false,
      kubeconfig: undefined,
    });
  });

  test('may bring the embedded cluster of its own', () => {
    assert.deepEqual(e2e('--embedded'), { embedded: true });
    assert.throws(() => e2e('--embedded', '--cluster', 'dev'), /contradict/);
  });

  test('refuses on its own before anything is set up', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(root, 'scripts/e2e.mjs'), '--cluster', 'dev'],
      { encoding: 'utf8' },
    );
    assert.equal(status, 1);
    assert.match(stderr, /--disposable/);
  });
});

test('the scripts import nothing but Node and each other, so that they run before an install', () => {
  const imports = sources(join(root, 'scripts')).flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(/ from '([^']+)'/g)].map(
      match => match[1],
    ),
  );
  assert.ok(imports.length > 50);
  assert.deepEqual(
    imports.filter(name => !/^(node:|\.)/.test(name)),
    [],
  );
});

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name === 'tests' ? [] : sources(path);
    }
    return [path];
  });
}
