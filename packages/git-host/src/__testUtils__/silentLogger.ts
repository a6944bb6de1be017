import { LoggerService } from '@backstage/backend-plugin-api';

/** For hosts of which no test asks what they said. */
export const silentLogger: LoggerService = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
