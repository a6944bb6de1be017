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
  /** What each object has become. */
  statuses?: (WaitedObject | BlockedObject)[];
  /** By ScaledObject. */
  scaling?: (ScalingReport & { scaledObject: string })[];
}
