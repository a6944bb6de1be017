import { ExitCode } from '../exitCodes';
import { Report } from '../output/Report';

/** What a command came to; what went wrong is an error instead. */
export interface CommandResult {
  report: Report;
  exitCode: ExitCode;
  /** In place of the report's tables, for people. */
  text?: string;
}
