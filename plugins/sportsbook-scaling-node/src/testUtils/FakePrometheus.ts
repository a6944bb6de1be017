import {
  InstantSample,
  PrometheusClient,
  RangeSeries,
  ScrapeTarget,
} from '../ports/PrometheusClient';

/** A Prometheus that gives set answers; a query without one gives an empty vector. */
export class FakePrometheus implements PrometheusClient {
  readonly address = 'http://prometheus-odds.betting.svc:9090';
  readonly answers = new Map<string, InstantSample[] | Error>([
    ['vector(1)', [{ labels: {}, at: 0, value: 1 }]],
  ]);
  scrapeTargets: ScrapeTarget[] = [];

  async query(query: string): Promise<InstantSample[]> {
    const answer = this.answers.get(query) ?? [];
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  }

  async queryRange(): Promise<RangeSeries[]> {
    return [];
  }

  async targets(): Promise<ScrapeTarget[]> {
    return this.scrapeTargets;
  }
}
