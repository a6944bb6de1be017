import { definitions } from './definitions';
import { order } from './order';
import { ownership } from './ownership';
import { removal } from './removal';
import { Scenario } from './Scenario';
import { secrets } from './secrets';
import { troubles } from './troubles';
import { unchanged } from './unchanged';
import { waiting } from './waiting';

/** Behaviours of the engine that hold on every cluster. */
export const scenarios: readonly Scenario[] = [
  // What waits longest begins first.
  ...definitions,
  ...waiting,
  ...order,
  ...unchanged,
  ...ownership,
  ...troubles,
  ...removal,
  ...secrets,
];
