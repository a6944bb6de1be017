import { Report } from '../output/Report';

/** A later step failed, or was cancelled; what was done before is still to be reported. */
export class FailedAfterChanges extends Error {
  readonly report: Report;

  constructor(cause: unknown, report: Report) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'FailedAfterChanges';
    this.report = report;
  }
}
