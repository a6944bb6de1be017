import { UrlReaderService } from '@backstage/backend-plugin-api';

/** A reader that does what it is given, and counts its calls. */
export function mockUrlReader({
  readUrl,
  readTree,
  search,
}: Partial<UrlReaderService> = {}): jest.Mocked<UrlReaderService> {
  return {
    readUrl: jest.fn(readUrl),
    readTree: jest.fn(readTree),
    search: jest.fn(search),
  };
}
