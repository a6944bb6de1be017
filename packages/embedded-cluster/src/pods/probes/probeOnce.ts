import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import type { DialAnswer } from '../../ports/ClusterNetwork';
import {
  type Container,
  containerPort,
  type HttpGet,
  type Probe,
} from '../podObject';

/** Where probes go: the pod's own address. */
export interface ProbeTarget {
  container: Pick<Container, 'ports'>;
  podIP: string;
  dial(port: number): DialAnswer;
}

export type ProbeResult =
  | { status: 'success' }
  /** As the kubelet words it behind "Readiness probe failed: ". */
  | { status: 'failure'; message: string };

const SUCCESS: ProbeResult = { status: 'success' };

/** Asks once. @param signal - ends it early, as a failure */
export async function probeOnce(
  probe: Pick<Probe, 'httpGet' | 'tcpSocket' | 'exec' | 'grpc'>,
  timeoutSeconds: number,
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const { httpGet, tcpSocket } = probe;
  const deadline = AbortSignal.any([
    signal,
    AbortSignal.timeout(timeoutSeconds * 1_000),
  ]);
  if (httpGet) {
    return getOnce(httpGet, target, deadline);
  }
  if (tcpSocket) {
    return connectOnce(tcpSocket.port, target, deadline);
  }
  return failure(
    `the embedded cluster has no ${
      probe.exec ? 'exec' : 'gRPC'
    } probes: use httpGet or tcpSocket`,
  );
}

/** The probe or hook asks one URL; redirects and all statuses from 200 to 399 are well. */
export async function getOnce(
  { path, port, scheme, httpHeaders }: HttpGet,
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const number = containerPort(target.container, port);
  if (number === undefined) {
    return failure(`couldn't find port: ${port}`);
  }
  const secure = scheme === 'HTTPS';
  const slashed = path.startsWith('/') ? path : `/${path}`;
  const url = `${secure ? 'https' : 'http'}://${
    target.podIP
  }:${number}${slashed}`;
  const answer = target.dial(number);
  if (answer.status !== 'ok') {
    return failure(`Get "${url}": ${refused(target.podIP, number)}`);
  }
  const headers: Record<string, string> = {
    host: `${target.podIP}:${number}`,
    'user-agent': 'kube-probe/1.36',
    accept: '*/*',
    connection: 'close',
    ...Object.fromEntries(
      httpHeaders.map(({ name, value }) => [name.toLowerCase(), value]),
    ),
  };
  try {
    const code = await statusOf({
      secure,
      port: answer.address.port,
      path: slashed,
      headers,
      signal,
    });
    return code >= 200 && code < 400
      ? SUCCESS
      : failure(`HTTP probe failed with statuscode: ${code}`);
  } catch (error) {
    return failure(`Get "${url}": ${reason(error, target.podIP, number)}`);
  }
}

function statusOf({
  secure,
  ...options
}: {
  secure: boolean;
  port: number;
  path: string;
  headers: Record<string, string>;
  signal: AbortSignal;
}): Promise<number> {
  return new Promise((resolve, reject) => {
    const ask = secure ? httpsRequest : httpRequest;
    // As the kubelet: a pod's certificate is nobody's to judge.
    ask({
      ...options,
      host: '127.0.0.1',
      agent: false,
      rejectUnauthorized: false,
    })
      .on('response', response => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
      .on('error', reject)
      .end();
  });
}

function connectOnce(
  port: number | string,
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<ProbeResult> | ProbeResult {
  const number = containerPort(target.container, port);
  if (number === undefined) {
    return failure(`couldn't find port: ${port}`);
  }
  const answer = target.dial(number);
  if (answer.status !== 'ok') {
    return failure(refused(target.podIP, number));
  }
  const { address } = answer;
  return new Promise(resolve => {
    const socket = connect({ ...address, signal });
    socket.once('connect', () => {
      socket.destroy();
      resolve(SUCCESS);
    });
    socket.once('error', error =>
      resolve(failure(reason(error, target.podIP, number))),
    );
  });
}

function failure(message: string): ProbeResult {
  return { status: 'failure', message };
}

function refused(ip: string, port: number): string {
  return `dial tcp ${ip}:${port}: connect: connection refused`;
}

function reason(error: unknown, ip: string, port: number): string {
  const code =
    typeof error === 'object' && error !== null && 'code' in error
      ? error.code
      : undefined;
  if (code === 'ECONNREFUSED') {
    return refused(ip, port);
  }
  if (code === 'ABORT_ERR') {
    return 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
  }
  return code === 'ECONNRESET' ? 'EOF' : String(error);
}
