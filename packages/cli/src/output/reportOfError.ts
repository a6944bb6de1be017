import {
  ApplyFailedError,
  DeleteFailedError,
  PlanRefusedError,
  WaitCancelledError,
  WaitFailedError,
  WaitTimeoutError,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { Report } from './Report';

/** What an error knows of what was done and seen before it. */
export function reportOfError(error: unknown): Report {
  if (error instanceof ApplyFailedError) {
    return { changes: error.changeSet, waysBack: error.waysBack };
  }
  if (error instanceof DeleteFailedError) {
    return { changes: error.changeSet };
  }
  if (error instanceof PlanRefusedError) {
    return { problems: error.problems, changes: error.changeSet };
  }
  if (
    error instanceof WaitCancelledError ||
    error instanceof WaitFailedError ||
    error instanceof WaitTimeoutError
  ) {
    return { statuses: error.blocked };
  }
  return {};
}
