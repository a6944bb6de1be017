import { connect } from 'node:net';
import { finished } from 'node:stream/promises';
import type { DialAnswer } from '../../ports/ClusterNetwork';
import type { SpdyStream } from './SpdyStream';

/**
 * One connection of a client to a port of a pod: its bytes on one stream, and
 * on the other what went wrong, in the kubelet's words. Resolves when it is over.
 */
export async function forwardPort(options: {
  pod: { name: string; uid: string };
  data: SpdyStream;
  error: SpdyStream;
  dial(port: number): DialAnswer;
}): Promise<void> {
  const { pod, data, error, dial } = options;
  const port = Number(data.headers.get('port'));
  const report = (reason: string) =>
    error.end(
      `error forwarding port ${port} to pod ${pod.uid}, uid : ${reason}`,
    );
  // What the client says there is nothing; its end is.
  error.resume();
  const answer = dial(port);
  if (answer.status !== 'ok') {
    report(
      `failed to connect to localhost:${port} inside pod ${pod.name}: connection refused: no process of it listens there for others`,
    );
    data.destroy();
    return;
  }
  const socket = connect({ ...answer.address, allowHalfOpen: true });
  let problem: Error | undefined;
  socket.on('error', failure => {
    problem = failure;
  });
  // Each half ends by itself, which `pipeline` would not let happen.
  data.pipe(socket);
  socket.pipe(data);
  const gone = (stream: SpdyStream | typeof socket) =>
    finished(stream).catch(() => {
      // With one side, the other has nobody to talk to.
      socket.destroy();
      data.destroy();
    });
  await Promise.all([gone(data), gone(socket)]);
  if (problem) {
    report(problem.message);
  } else {
    error.end();
  }
}
