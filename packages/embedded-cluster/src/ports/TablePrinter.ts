import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../model/ResourceType';

/** `metav1.TableColumnDefinition`. */
export interface TableColumn {
  name: string;
  type: string;
  /** `name` for the column that `kubectl get -o name`-like clients know the object by; else mostly empty. */
  format: string;
  description: string;
  /** 0 is always shown, above it only with `-o wide`. */
  priority: number;
}

export interface TableRow {
  cells: (string | number | boolean | null)[];
  /** Such as `Completed` of a pod that has ended. */
  conditions?: {
    type: string;
    status: string;
    reason?: string;
    message?: string;
  }[];
}

/** The part of a `metav1.Table` that depends on the kind; the API adds the rest. */
export interface Table {
  columnDefinitions: TableColumn[];
  /** One for each object, in their order. */
  rows: TableRow[];
}

/** Prints objects of one kind as `kubectl get` shows them. Pure. */
export type PrintTable = (
  type: ResourceType,
  objects: readonly KubernetesObject[],
  options: {
    /** For ages. */
    nowMilliseconds: number;
  },
) => Table;
