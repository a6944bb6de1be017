import {
  ApplyPlan,
  BlockedObject,
  ChangeSet,
  ScalingReport,
  WaitedObject,
} from '@sportsbook/plugin-sportsbook-scaling-node';

/** What a run did and saw; a part that is not there was not come to. */
export interface Report {
  /** What was done to each object, or would be, in order. */
  changes?: ChangeSet;
  /** What speaks against applying. */
  problems?: ApplyPlan['problems'];
  warnings?: string[];
  /** What would change in each object, line by line, secrets masked. */
  diffs?: ApplyPlan['diffs'];
  /** What each object has become. */
  statuses?: (WaitedObject | BlockedObject)[];
  /** After a rollback: how to bring back each object that stays changed. */
  waysBack?: string[];
  /** By ScaledObject. */
  scaling?: (ScalingReport & { scaledObject: string })[];
}
