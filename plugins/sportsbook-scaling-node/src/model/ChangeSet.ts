import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';

/**
 * What happened to an object, or would happen.
 *
 * - `created`, `configured`, `deleted`: it was written.
 * - `unchanged`: it already was as the manifest says; not written.
 * - `skipped`: left alone or not reached; `reason` says why.
 * - `failed`: the server refused it, or did not do it; `reason` says why.
 * - `unknown`: its write was sent, the answer was lost, and the server could not
 *   be asked again.
 * - `unverifiable`: cannot be known before an earlier stage has been applied;
 *   only a plan says so.
 */
export type ChangeAction =
  | 'created'
  | 'configured'
  | 'unchanged'
  | 'deleted'
  | 'skipped'
  | 'failed'
  | 'unknown'
  | 'unverifiable';

/** One object of a {@link ChangeSet}. */
export interface ChangeSetEntry {
  ref: ObjectRef;
  action: ChangeAction;
  /** Of the object that was met or made; guards a later delete against a namesake. */
  uid?: string;
  /** Manifest file; undefined where the object comes from none. */
  file?: string;
  /** Of the file, counted from 1. */
  document?: number;
  /** Counted from 1. */
  line?: number;
  /** Why it was skipped, deleted, failed, is unknown or unverifiable. */
  reason?: string;
  /** Paths such as `.spec.template.spec.containers[0].image`; never values, so that no secret shows. */
  changedFields?: string[];
  /** Whether it is deleted and created anew, since a field of it cannot change. */
  recreated?: boolean;
  /** What admission said about it. */
  warnings: string[];
}

/**
 * What was done to each object, in the order in which it was done; after a
 * failure those that were not reached come last. Plain JSON.
 */
export type ChangeSet = ChangeSetEntry[];
