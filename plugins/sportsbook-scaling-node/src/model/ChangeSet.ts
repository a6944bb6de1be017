import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';

/**
 * What happened to an object, or would happen.
 *
 * - `created`, `configured`, `deleted`: it was written.
 * - `unchanged`: it already was as the manifest says; not written.
 * - `skipped`: left alone; `reason` says why.
 * - `unverifiable`: cannot be known before an earlier stage has been applied;
 *   only a plan says so.
 */
export type ChangeAction =
  | 'created'
  | 'configured'
  | 'unchanged'
  | 'deleted'
  | 'skipped'
  | 'unverifiable';

/** One object of a {@link ChangeSet}. */
export interface ChangeSetEntry {
  ref: ObjectRef;
  action: ChangeAction;
  /** Of the object that was met or made; guards a later delete against a namesake. */
  uid?: string;
  /** Manifest file; undefined where the object comes from none. */
  file?: string;
  /** Counted from 1. */
  line?: number;
  /** Why it was skipped or is unverifiable. */
  reason?: string;
  /** Paths such as `.spec.template.spec.containers[0].image`; never values, so that no secret shows. */
  changedFields?: string[];
  /** What admission said about it. */
  warnings: string[];
}

/** What was done to each object, in the order in which it was done. Plain JSON. */
export type ChangeSet = ChangeSetEntry[];
