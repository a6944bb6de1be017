import type { IncomingHttpHeaders } from 'node:http';
import { StatusError } from '../../model/StatusError';

const OWN_NAMES = new Set([
  '127.0.0.1',
  'localhost',
  '[::1]',
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
  '10.43.0.1',
]);

/**
 * Headers that a page cannot send to another origin without being allowed to
 * by a preflight request, which is never answered here. Backstage's proxy
 * hands the browser's `Origin` on, together with one of these.
 */
const BEYOND_A_PAGE = ['authorization', 'backstage-kubernetes-cluster'];

function refusal(message: string): StatusError {
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message,
    details: {},
  });
}

/**
 * Refuses what a web page could send to a server on loopback: requests under a
 * name that is not this server's (DNS rebinding), and a browser's own.
 *
 * @throws StatusError 403
 */
export function refuseStrangers(headers: IncomingHttpHeaders): void {
  const host = headers.host ?? '';
  if (!OWN_NAMES.has(host.replace(/:\d+$/, '').toLowerCase())) {
    throw refusal(
      `the embedded cluster answers to 127.0.0.1 and localhost only, not to the host ${JSON.stringify(
        host.slice(0, 100),
      )}: use the address in its kubeconfig`,
    );
  }
  if (BEYOND_A_PAGE.some(name => headers[name] !== undefined)) {
    return;
  }
  if (headers.origin !== undefined || headers['sec-fetch-site']) {
    throw refusal(
      'the embedded cluster serves no web pages: use kubectl or an API client with its kubeconfig',
    );
  }
}
