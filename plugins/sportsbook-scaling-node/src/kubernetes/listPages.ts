import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { KubernetesApiError } from '../errors';
import {
  ApiResource,
  ListOptions,
  ObjectList,
} from '../ports/KubernetesClient';
import { listSchema } from './kubernetesObjectSchema';
import { resourcePath, withQuery } from './resourcePath';
import { RestCalls } from './RestCalls';

const PAGE_SIZE = 500;

/** All objects of a kind, page by page. */
export async function listPages(
  calls: RestCalls,
  resource: ApiResource,
  options: ListOptions,
): Promise<ObjectList> {
  try {
    return await readPages(calls, resource, { ...options, limit: PAGE_SIZE });
  } catch (error) {
    // The snapshot that the pages come from is only kept for minutes.
    if (error instanceof KubernetesApiError && error.status === 410) {
      return await readPages(calls, resource, options);
    }
    throw error;
  }
}

async function readPages(
  calls: RestCalls,
  resource: ApiResource,
  options: ListOptions & { limit?: number },
): Promise<ObjectList> {
  const { apiVersion, kind } = resource;
  const { namespace, labelSelector, fieldSelector, limit } = options;
  const purpose = { action: `list ${kind}`, kind: resource };
  const schema = listSchema({ apiVersion, kind });
  const items: KubernetesObject[] = [];
  let resourceVersion = '';
  let next: string | undefined;
  do {
    const path = withQuery(resourcePath(resource, { namespace }), {
      labelSelector,
      fieldSelector,
      limit,
      continue: next,
    });
    const answer = await calls.call({ method: 'GET', path }, purpose, options);
    const page = calls.parse(schema, answer, purpose);
    items.push(...page.items);
    resourceVersion = page.metadata.resourceVersion ?? '';
    next = page.metadata.continue === '' ? undefined : page.metadata.continue;
  } while (next !== undefined);
  return { items, resourceVersion };
}
