import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** One bare repository, `platform/fleet`, behind git's own smart HTTP protocol; a push needs the account. */
export class GitServer {
  static readonly account = { username: 'backstage', password: 'pass' };
  #server: Server | undefined;

  private constructor(readonly directory: string) {}

  static async start(): Promise<GitServer> {
    const git = new GitServer(await mkdtemp(join(tmpdir(), 'git-server-')));
    await git.run(['init', '--bare', '-q', '-b', 'main', git.repository], '.');
    await git.run(['config', 'http.receivepack', 'true']);
    const tree = await git.run(['mktree']);
    await git.run([
      'update-ref',
      'refs/heads/main',
      await git.run([
        '-c',
        'user.name=t',
        '-c',
        'user.email=t@example.com',
        'commit-tree',
        '-m',
        'first',
        tree,
      ]),
    ]);
    const server = createServer((request, response) => {
      git.#answer(request).then(
        ({ status, headers, body }) =>
          response.writeHead(status, headers).end(body),
        error => response.writeHead(500).end(String(error)),
      );
    });
    await new Promise<void>(listening =>
      server.listen(0, '127.0.0.1', listening),
    );
    git.#server = server;
    return git;
  }

  get repository(): string {
    return join(this.directory, 'platform/fleet.git');
  }

  /** `host:port`. */
  get host(): string {
    const { port } = this.#server?.address() as AddressInfo;
    return `127.0.0.1:${port}`;
  }

  /** What git prints, in the repository. */
  async run(args: string[], cwd?: string): Promise<string> {
    const child = run('git', args, {
      cwd: cwd === undefined ? this.repository : this.directory,
    });
    child.child.stdin?.end();
    return (await child).stdout.trim();
  }

  /** Commits to `main` a tree of nothing but these files. */
  async commit(files: Record<string, string>): Promise<void> {
    const tree = await mkdtemp(join(this.directory, 'tree-'));
    const git = (...args: string[]) =>
      this.run(
        [
          `--git-dir=${this.repository}`,
          `--work-tree=${tree}`,
          '-c',
          'user.name=t',
          '-c',
          'user.email=t@example.com',
          ...args,
        ],
        '.',
      );
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(tree, path)), { recursive: true });
      await writeFile(join(tree, path), text);
    }
    await git('add', '--all');
    await git('commit', '-q', '-m', 'by hand');
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise(closed => this.#server?.close(closed));
    await rm(this.directory, { recursive: true, force: true });
  }

  async #answer(request: IncomingMessage) {
    const { username, password } = GitServer.account;
    const isAccount =
      request.headers.authorization ===
      `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const { pathname, searchParams } = new URL(
      request.url ?? '',
      'http://localhost',
    );
    if (`${request.url}`.includes('receive-pack') && !isAccount) {
      return {
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="git"' },
        body: Buffer.from('no account'),
      };
    }
    const cgi = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: this.directory,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: pathname,
        QUERY_STRING: searchParams.toString(),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        ...(isAccount ? { REMOTE_USER: username } : {}),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    request.pipe(cgi.stdin);
    const out = await buffer(cgi.stdout);
    const end = out.indexOf('\r\n\r\n');
    const headers = Object.fromEntries(
      out
        .subarray(0, end)
        .toString()
        .split('\r\n')
        .map(line => line.split(/: ?(.*)/s).slice(0, 2)),
    );
    const status = Number.parseInt(headers.Status ?? '200', 10);
    return { status, headers, body: out.subarray(end + 4) };
  }
}
