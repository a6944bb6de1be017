import { sharedEndpoints } from './scrapePools';

const target = (scrapePool: string, instance: string, pod = 'odds-a') => ({
  labels: { namespace: 'betting', pod, instance },
  scrapePool,
  health: 'up' as const,
  lastError: '',
});

describe('sharedEndpoints', () => {
  it('finds what two monitors scrape, though their series are the same', () => {
    expect(
      sharedEndpoints(
        [
          target('serviceMonitor/betting/second/0', '10.0.0.1:8080'),
          target('serviceMonitor/betting/odds/0', '10.0.0.1:8080'),
          target('serviceMonitor/betting/odds/0', '10.0.0.2:8080', 'odds-b'),
          target('serviceMonitor/betting/sidecar/0', '10.0.0.1:9090'),
          target('podMonitor/betting/x/0', '10.0.0.9:8080', 'somebody-else'),
        ],
        { namespace: 'betting', pods: ['odds-a', 'odds-b'] },
      ),
    ).toEqual([
      {
        pod: 'odds-a',
        instance: '10.0.0.1:8080',
        scrapePools: [
          'serviceMonitor/betting/odds/0',
          'serviceMonitor/betting/second/0',
        ],
      },
    ]);
  });
});
