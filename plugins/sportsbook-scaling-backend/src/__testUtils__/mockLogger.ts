import { LoggerService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';

/** A logger that keeps what it is told to itself, and can be asked about it. */
export function mockLogger(): jest.Mocked<LoggerService> {
  return {
    debug: jest.fn(),
    info: jest.fn(),
    warn: jest.fn(),
    error: jest.fn(),
    child: jest.fn<LoggerService, [JsonObject]>(() => mockLogger()),
  };
}
