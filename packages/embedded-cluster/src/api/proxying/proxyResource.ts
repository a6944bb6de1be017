import type { ResourceType } from '../../model/ResourceType';
import type { ClusterNetwork } from '../../ports/ClusterNetwork';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { send } from '../answer/send';
import type { ResourceExchange } from '../request/Exchange';
import { proxyRequest } from './proxyRequest';
import { proxyTarget } from './proxyTarget';

/** `.../services/[scheme:]name[:port]/proxy/...`, and the same of pods. */
export async function proxyResource(
  exchange: ResourceExchange,
  type: ResourceType,
  means: { objects: ClusterObjects; network: ClusterNetwork },
): Promise<void> {
  const { address, info, request, search } = exchange;
  const { namespace = '', name = '', rest } = address;
  const target = proxyTarget(type, namespace, name, means);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (rest === undefined && reads) {
    // Without the slash, relative links of a page would lead out of the proxy.
    await send(exchange, {
      code: 301,
      body: '',
      headers: { Location: `${info.path}/${search}` },
    });
    return;
  }
  await proxyRequest(exchange, target, rest ?? '/');
}
