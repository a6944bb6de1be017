import { ScmIntegrationRegistry } from '@backstage/integration';
import { PUBLISHED_HOST } from '@sportsbook/plugin-sportsbook-scaling-node';
import { repositoryOf } from './repositoryOf';

/**
 * Whether two addresses, of clones or of pages, are of one repository.
 *
 * @param delivered - a clone address; where a controller reaches its host by
 *   another name, with that of {@link PUBLISHED_HOST}
 * @param source - on a configured host
 */
export function isSameRepository(
  delivered: string,
  source: string,
  integrations: ScmIntegrationRegistry,
): boolean {
  if (!URL.canParse(delivered) || !URL.canParse(source)) {
    return false;
  }
  const url = new URL(delivered);
  const at =
    url.hostname === PUBLISHED_HOST
      ? `${new URL(source).origin}${url.pathname}`
      : delivered;
  const one = nameOf(at, integrations);
  return one !== undefined && one === nameOf(source, integrations);
}

/** Hosts compare names without regard to case. */
function nameOf(
  url: string,
  integrations: ScmIntegrationRegistry,
): string | undefined {
  const repository = repositoryOf(
    `url:${url.replace(/\.git\/?$/, '')}`,
    integrations,
  );
  return repository === undefined
    ? undefined
    : `${repository.host}/${repository.owner}/${repository.repo}`.toLowerCase();
}
