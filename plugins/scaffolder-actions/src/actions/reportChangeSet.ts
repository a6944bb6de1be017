import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ApplyFailedError,
  ChangeSet,
  changeSetTable,
  countChanges,
  DeleteFailedError,
  PlanRefusedError,
} from '@sportsbook/plugin-sportsbook-scaling-node';

const MOST_FIELDS = 50;

/** What became of each object, for the outputs of a step. */
export interface ChangeSetReport {
  changeSet: ChangeSet;
  counts: string;
  summary: string;
}

/** A change set as outputs, bounded: they are stored with the task. */
export function reportOf(changeSet: ChangeSet): ChangeSetReport {
  return {
    changeSet: changeSet.map(entry => {
      const { changedFields } = entry;
      return changedFields === undefined || changedFields.length <= MOST_FIELDS
        ? entry
        : { ...entry, changedFields: changedFields.slice(0, MOST_FIELDS) };
    }),
    counts: countChanges(changeSet),
    summary: changeSetTable(changeSet),
  };
}

/**
 * Runs an engine, and lets the step tell what became of each object also when
 * it fails.
 *
 * @throws what the engine throws
 */
export async function reportingFailures(
  run: () => Promise<ChangeSet>,
  options: {
    cluster: string;
    logger: LoggerService;
    output: (report: ChangeSetReport) => void;
  },
): Promise<ChangeSet> {
  const { cluster, logger, output } = options;
  try {
    return await run();
  } catch (error) {
    if (
      error instanceof ApplyFailedError ||
      error instanceof DeleteFailedError ||
      error instanceof PlanRefusedError
    ) {
      const report = reportOf(error.changeSet);
      if (error.changeSet.length > 0) {
        logger.info(report.summary);
        logger.error(`Cluster '${cluster}': ${report.counts}`);
      }
      output(report);
    }
    throw error;
  }
}
