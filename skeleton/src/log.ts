import { pino } from 'pino';
import { podName } from './podName';

/** One JSON object a line on standard output; `LOG_LEVEL` chooses how much, default `info`. */
export const log = pino({
  level: process.env.LOG_LEVEL || 'info',
  base: { pod: podName() },
});
