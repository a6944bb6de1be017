import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { cloneJson } from './cloneJson';

/** Paths of leaves, each as JSON text of its keys. Lists are leaves: the fake merges none of their items. */
export type FieldSet = Set<string>;

type Tree = Record<string, unknown>;

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function leaves(value: unknown, path: string[]): string[][] {
  return isTree(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, child]) =>
        leaves(child, [...path, key]),
      )
    : [path];
}

/** The fields that applying an object claims. */
export function fieldSetOf(object: KubernetesObject): FieldSet {
  const { apiVersion, kind, status, metadata, ...rest } = object;
  const claimed = {
    ...rest,
    metadata: {
      ...(metadata.labels && { labels: metadata.labels }),
      ...(metadata.annotations && { annotations: metadata.annotations }),
      ...(metadata.finalizers && { finalizers: metadata.finalizers }),
    },
  };
  return new Set(
    leaves(claimed, [])
      .filter(path => path.length > 1 || path[0] !== 'metadata')
      .map(path => JSON.stringify(path)),
  );
}

export function valueAt(tree: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isTree(value) ? value[key] : undefined),
    tree,
  );
}

export function setAt(tree: Tree, path: string[], value: unknown): void {
  const [key, ...rest] = path;
  if (rest.length === 0) {
    if (value === undefined) {
      delete tree[key];
    } else {
      tree[key] = cloneJson(value);
    }
    return;
  }
  if (!isTree(tree[key])) {
    if (value === undefined) {
      return;
    }
    tree[key] = {};
  }
  setAt(tree[key] as Tree, rest, value);
}

/** Kubernetes' nested writing of a field set. */
export function fieldsV1Of(fields: FieldSet): Tree {
  const tree: Tree = {};
  for (const field of [...fields].sort()) {
    const path = JSON.parse(field) as string[];
    setAt(
      tree,
      path.map(key => `f:${key}`),
      {},
    );
  }
  return tree;
}
