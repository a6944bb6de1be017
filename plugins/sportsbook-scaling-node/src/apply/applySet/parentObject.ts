import {
  formatObjectRef,
  FIELD_MANAGER,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { version } from '../../../package.json';
import { ApplySet, applySetId, parentRefOf } from './ApplySet';
import { APPLY_SET, APPLY_SET_ANNOTATIONS } from './applySetNames';

/** Where members of a set may be found. */
export interface SetReach {
  /** As {@link groupKindText} writes them. */
  groupKinds: string[];
  namespaces: string[];
}

const listOf = (text: string | undefined): string[] =>
  (text ?? '').split(',').filter(part => part !== '');

const textOf = (parts: Iterable<string>): string =>
  [...new Set(parts)].sort().join(',');

/** What the parent says of its members; the parent's own namespace included. */
export function reachOf(parent: KubernetesObject): SetReach {
  const { annotations, namespace } = parent.metadata;
  return {
    groupKinds: listOf(annotations?.[APPLY_SET.groupKinds]),
    namespaces: [
      ...new Set([
        ...(namespace === undefined ? [] : [namespace]),
        ...listOf(annotations?.[APPLY_SET.namespaces]),
      ]),
    ],
  };
}

/** Everything that either of them reaches. */
export function unionOf(...reaches: SetReach[]): SetReach {
  return {
    groupKinds: reaches.flatMap(({ groupKinds }) => groupKinds),
    namespaces: reaches.flatMap(({ namespaces }) => namespaces),
  };
}

/** Which task the parent says to have changed the set last. */
export function lastTaskOf(
  parent: KubernetesObject | undefined,
): string | undefined {
  return parent?.metadata.annotations?.[APPLY_SET_ANNOTATIONS.lastTask];
}

/** The parent as it should be stored. */
export function parentObject(
  set: ApplySet,
  options: { reach: SetReach; lastTask?: string; entityRef?: string },
): KubernetesObject {
  const { reach, lastTask, entityRef } = options;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: set.name,
      namespace: set.namespace,
      labels: { [APPLY_SET.id]: applySetId(set) },
      annotations: {
        [APPLY_SET.tooling]: `${FIELD_MANAGER}/v${version}`,
        [APPLY_SET.groupKinds]: textOf(reach.groupKinds),
        [APPLY_SET.namespaces]: textOf(
          reach.namespaces.filter(name => name !== set.namespace),
        ),
        ...(entityRef === undefined
          ? {}
          : { [APPLY_SET_ANNOTATIONS.entityRef]: entityRef }),
        ...(lastTask === undefined
          ? {}
          : { [APPLY_SET_ANNOTATIONS.lastTask]: lastTask }),
      },
    },
  };
}

/** Whether the stored parent says already what the wanted one says. */
export function isSaidBy(
  stored: KubernetesObject | undefined,
  wanted: KubernetesObject,
): boolean {
  const says = (key: 'labels' | 'annotations') =>
    Object.entries(wanted.metadata[key] ?? {}).every(
      ([name, value]) => stored?.metadata[key]?.[name] === value,
    );
  return stored !== undefined && says('labels') && says('annotations');
}

/** Why a ConfigMap of the parent's name cannot stand for the set; undefined: it can. */
export function parentProblem(
  set: ApplySet,
  stored: KubernetesObject,
): string | undefined {
  const { labels, annotations, deletionTimestamp } = stored.metadata;
  const name = formatObjectRef(parentRefOf(set));
  const tooling = annotations?.[APPLY_SET.tooling];
  if (tooling === undefined) {
    return `${name} is there already and stands for no ApplySet. Give the set another name.`;
  }
  if (tooling.split('/')[0] !== FIELD_MANAGER) {
    return `the ApplySet of ${name} is managed by '${tooling}'. Leave it to that tool or give the set another name; to take it over, set its annotation ${APPLY_SET.tooling} to '${FIELD_MANAGER}/v${version}'.`;
  }
  if (labels?.[APPLY_SET.id] !== applySetId(set)) {
    return `${name} has a wrong label ${
      APPLY_SET.id
    }, which must be '${applySetId(
      set,
    )}'. It was copied or edited: correct the label, or give the set another name.`;
  }
  return deletionTimestamp === undefined
    ? undefined
    : `${name} is being deleted. Wait until it is gone.`;
}
