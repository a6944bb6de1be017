import type { StatusCause } from '../../../model/StatusError';

/** What a server answered: the causes where it refused. */
export interface RuleAnswer {
  code: number;
  reason?: string;
  causes?: StatusCause[];
}

/** The answers, in the order of the cases. */
export interface RecordedRules {
  refusals: RuleAnswer[];
  evaluations: RuleAnswer[];
}
