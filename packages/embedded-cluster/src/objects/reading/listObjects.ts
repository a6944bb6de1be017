import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { apiVersionOf, type ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { ListAnswer, ListRequest } from '../../ports/ClusterObjects';
import { selectionOf } from '../selecting/selectionOf';
import { compareKeys, keyOf, type ObjectStore } from '../store/ObjectStore';
import { inVersion, resourceOf } from '../types/TypeRegistry';
import { continueTokenOf, readContinueToken } from './continueToken';
import { readResourceVersion, tooLarge } from './resourceVersions';

const TOO_OLD = 'The resourceVersion for the provided list is too old.';
const CONTINUE_TOO_OLD =
  'The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.';

/** LIST: all of a kind that a selection asks for, whole or page by page. */
export function listObjects(
  store: ObjectStore,
  type: ResourceType,
  request: ListRequest,
): ListAnswer {
  const selected = selectionOf(type, request);
  const from = startOf(store, request);
  const resource = resourceOf(type);
  const namespace = type.namespaced ? request.namespace : undefined;
  const objects =
    from.version === store.version()
      ? store.list(resource, namespace)
      : store.listAt(resource, namespace, from.version);
  if (!objects) {
    throw expired(from.after === undefined ? TOO_OLD : CONTINUE_TOO_OLD);
  }
  const apiVersion = apiVersionOf(type);
  const { limit = 0 } = request;
  const items: KubernetesObject[] = [];
  let remaining = 0;
  let last = '';
  for (const object of objects) {
    const key = keyOf(object);
    if (from.after !== undefined && compareKeys(key, from.after) <= 0) {
      continue;
    }
    if (!selected(object)) {
      continue;
    }
    if (limit > 0 && items.length === limit) {
      remaining++;
    } else {
      items.push(inVersion(object, apiVersion));
      last = key;
    }
  }
  const answer: ListAnswer = { items, resourceVersion: String(from.version) };
  if (remaining > 0) {
    answer.continueToken = continueTokenOf(from.version, last);
    // The server counts only where nothing is selected, for it counts keys.
    if (!request.labelSelector && !request.fieldSelector) {
      answer.remainingItemCount = remaining;
    }
  }
  return answer;
}

function startOf(
  store: ObjectStore,
  { continueToken, resourceVersion, resourceVersionMatch }: ListRequest,
): { version: number; after?: string } {
  if (continueToken !== undefined && continueToken !== '') {
    return readContinueToken(continueToken);
  }
  const version = readResourceVersion(resourceVersion);
  if (
    resourceVersionMatch !== undefined &&
    resourceVersionMatch !== '' &&
    version === undefined
  ) {
    throw StatusError.invalid(
      { group: 'meta.k8s.io', kind: 'ListOptions' },
      '',
      [
        {
          reason: 'FieldValueForbidden',
          message:
            'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
          field: 'resourceVersionMatch',
        },
      ],
    );
  }
  if (version !== undefined && version > store.version()) {
    throw tooLarge(version, store.version());
  }
  return {
    version:
      resourceVersionMatch === 'Exact' && version !== undefined
        ? version
        : store.version(),
  };
}

function expired(message: string): StatusError {
  return new StatusError({ code: 410, reason: 'Expired', message });
}
