import { RegistryError } from '../RegistryError';
import type { RegistryStorage } from '../storage/RegistryStorage';
import type { Exchange } from './Exchange';

const MAX_PAGE = 1_000;

/** One page of names by the spec's `n` and `last`, with the header that leads to the next. */
function page(
  exchange: Exchange,
  names: readonly string[],
): { names: string[]; headers: Record<string, string> } {
  const { query, url } = exchange;
  const asked = query.get('n');
  const size = asked === null ? MAX_PAGE : Number(asked);
  if (!Number.isInteger(size) || size < 0) {
    throw new RegistryError('UNSUPPORTED', `n=${asked} is no number of names`, {
      status: 400,
    });
  }
  const last = query.get('last');
  const rest = last === null ? [...names] : names.filter(name => name > last);
  const shown = rest.slice(0, Math.min(size, MAX_PAGE));
  if (shown.length === 0 || shown.length === rest.length) {
    return { names: shown, headers: {} };
  }
  const next = new URLSearchParams({
    n: String(shown.length),
    last: shown[shown.length - 1],
  });
  return {
    names: shown,
    headers: { link: `<${url.pathname}?${next}>; rel="next"` },
  };
}

/** `GET /v2/<name>/tags/list`. */
export async function sendTags(
  { repositories }: RegistryStorage,
  exchange: Exchange,
  repository: string,
): Promise<void> {
  const tags = await repositories.tags(repository);
  if (
    tags.length === 0 &&
    (await repositories.manifests(repository)).length === 0
  ) {
    throw new RegistryError(
      'NAME_UNKNOWN',
      `repository name not known to registry: ${repository}`,
    );
  }
  const { names, headers } = page(exchange, tags);
  exchange.sendJson(200, { name: repository, tags: names }, headers);
}

/** `GET /v2/_catalog`. */
export async function sendCatalog(
  { repositories }: RegistryStorage,
  exchange: Exchange,
): Promise<void> {
  const { names, headers } = page(exchange, await repositories.names());
  exchange.sendJson(200, { repositories: names }, headers);
}
