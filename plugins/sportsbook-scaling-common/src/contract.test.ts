import {
  derivedNames,
  longestServiceName,
  rateWindowSeconds,
  REQUEST_METRIC,
  REQUEST_METRIC_LABELS,
} from './contract';

describe('the contract', () => {
  it('keeps the names that dashboards and queries outside of it use', () => {
    expect(REQUEST_METRIC).toBe('http_server_requests_seconds');
    expect(REQUEST_METRIC_LABELS).toEqual(['method', 'uri', 'status']);
  });

  it('derives all names from the name of the service', () => {
    expect(derivedNames('odds-api')).toEqual({
      deployment: 'odds-api',
      service: 'odds-api',
      serviceMonitor: 'odds-api',
      podDisruptionBudget: 'odds-api',
      scaledObject: 'odds-api',
      horizontalPodAutoscaler: 'keda-hpa-odds-api',
      prometheus: 'odds-api',
      prometheusServer: 'prometheus-odds-api',
    });
  });

  it('allows 41 characters with an own Prometheus, whose StatefulSet then has the 52 that it may', () => {
    expect(longestServiceName('own')).toBe(41);
    expect(derivedNames('a'.repeat(41)).prometheusServer).toHaveLength(52);
  });

  it('allows the 63 characters of a label value with an existing Prometheus', () => {
    expect(longestServiceName('existing')).toBe(63);
  });

  it('looks at four scrapes, and never at less than 30 s', () => {
    expect(rateWindowSeconds()).toBe(30);
    expect(rateWindowSeconds(5)).toBe(30);
    expect(rateWindowSeconds(15)).toBe(60);
  });
});
