import { historyOf, OBSERVED_AT } from '../__fixtures__/histories';
import { chartSummary, readingInWords } from './chartSummary';

describe('chartSummary', () => {
  it('says what somebody would see at a glance', () => {
    const summary = chartSummary(
      historyOf(
        seconds => (seconds < 900 ? 40 : 250),
        seconds => (seconds < 960 ? 2 : 3),
      ),
      [],
    );
    expect(summary).toBe(
      'The 30 minutes up to 21:04. Request rate: between 40 requests/s and 250 requests/s, last 250 requests/s. Replicas: between 2 and 3, last 3. No events in this time.',
    );
  });

  it('says that there are gaps', () => {
    const summary = chartSummary(
      historyOf(
        seconds => (seconds > 300 && seconds < 500 ? undefined : 10),
        () => undefined,
      ),
      [],
    );
    expect(summary).toContain('Request rate: 10 requests/s throughout.');
    expect(summary).toContain('Replicas: not known.');
    expect(summary).toContain('For one stretch the rate is not known.');
  });
});

describe('readingInWords', () => {
  it('names what is not known', () => {
    expect(readingInWords({ at: OBSERVED_AT, requestsPerSecond: 250.2 })).toBe(
      '21:04:00: 250 requests/s, replicas not known',
    );
    expect(readingInWords({ at: OBSERVED_AT, replicas: 1 })).toBe(
      '21:04:00: rate not known, 1 replica',
    );
  });
});
