import { createServer, request, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const READS = [
  ['GET', /^\/[^/]+\/[^/]+\.git\/info\/refs\?service=git-upload-pack$/],
  ['POST', /^\/[^/]+\/[^/]+\.git\/git-upload-pack$/],
] as const;

/**
 * Lets the pods of a cluster clone from the git host, which listens on loopback
 * only: hands on git's reads, and nothing else, for as long as the run lasts.
 */
export class ClusterGitProxy {
  private constructor(
    private readonly server: Server,
    /** Without a slash at the end. */
    readonly url: string,
  ) {}

  /** @param options.address - one of this machine's, as the pods reach it */
  static async start(options: {
    address: string;
    /** `host:port` of the git host. */
    gitHost: string;
  }): Promise<ClusterGitProxy> {
    const { address, gitHost } = options;
    const [host, port] = gitHost.split(':');
    const server = createServer((incoming, answer) => {
      const { method, url = '', headers } = incoming;
      if (!READS.some(([verb, path]) => verb === method && path.test(url))) {
        answer.writeHead(403).end('Only clones are served here\n');
        return;
      }
      const { authorization: _, ...kept } = headers;
      const onward = request(
        { host, port, method, path: url, headers: { ...kept, host: gitHost } },
        from => {
          answer.writeHead(from.statusCode ?? 502, from.headers);
          from.pipe(answer);
        },
      );
      onward.on('error', error => {
        answer.destroyed || answer.writeHead(502).end(`${error.message}\n`);
      });
      incoming.pipe(onward);
    });
    await new Promise<void>((listening, failed) => {
      server.once('error', failed);
      server.listen(0, address, listening);
    });
    const { port: own } = server.address() as AddressInfo;
    return new ClusterGitProxy(server, `http://${address}:${own}`);
  }

  async close(): Promise<void> {
    await new Promise<void>(closed => {
      this.server.close(() => closed());
      this.server.closeAllConnections();
    });
  }
}
