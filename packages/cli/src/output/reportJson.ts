import {
  ChangeAction,
  ChangeSet,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { ExitCode } from '../exitCodes';
import { Report } from './Report';

/** What `-o json` writes: one object, also when the run fails. */
export interface JsonReport extends Report {
  command: string;
  /** Context of the kubeconfig; absent where the run ended before one was chosen. */
  context?: string;
  server?: string;
  namespace?: string;
  exitCode: ExitCode;
  counts?: Partial<Record<ChangeAction, number>>;
  error?: { name: string; message: string };
}

export function countsOf(
  changes: ChangeSet,
): Partial<Record<ChangeAction, number>> {
  const counts: Partial<Record<ChangeAction, number>> = {};
  for (const { action } of changes) {
    counts[action] = (counts[action] ?? 0) + 1;
  }
  return counts;
}
