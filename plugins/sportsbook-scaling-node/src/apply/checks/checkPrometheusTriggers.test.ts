import { formatPlanProblem } from '../../model/PlanProblem';
import { FakeCluster } from '../../testUtils/FakeCluster';
import { deployment, scaledObject } from '../../testUtils/serviceManifests';
import { planIn } from '../__testUtils__/planIn';

describe('the server that a trigger names', () => {
  const problemsAt = async (serverAddress: string) => {
    const { problems } = await planIn(
      new FakeCluster(['betting']),
      [deployment, scaledObject({ serverAddress })],
      {
        prometheus: {
          allowedAddresses: ['https://metrics.example.com'],
          allowedNamespaces: ['monitoring'],
        },
      },
    );
    return problems.map(formatPlanProblem);
  };

  it('is refused in another namespace, with file, line and configuration key', async () => {
    expect(await problemsAt('http://vault.secrets.svc:8200')).toEqual([
      "k8s/scaledobject.yaml, document 1, line 1: ScaledObject betting/odds: trigger 1 (prometheus): its serverAddress cannot be used: Service secrets/vault may not be asked: it is not in the ScaledObject's namespace 'betting'. Use a Prometheus there, list 'secrets' in 'sportsbookScaling.prometheus.namespaces', or describe the server in 'sportsbookScaling.clusters', in the entry of 'fake'",
    ]);
  });

  it('is refused outside the cluster unless it is listed', async () => {
    expect(await problemsAt('http://169.254.169.254/')).toEqual([
      expect.stringContaining("'sportsbookScaling.prometheus.addresses'"),
    ]);
    expect(await problemsAt('https://metrics.example.com')).toEqual([]);
  });

  it('is refused with credentials, without repeating them', async () => {
    const [problem] = await problemsAt('http://u:hunter2@p.betting.svc:9090');
    expect(problem).toContain('holds credentials');
    expect(problem).not.toContain('hunter2');
  });

  it.each([
    'http://prometheus-odds.betting.svc:9090',
    'http://prometheus.monitoring.svc:9090',
  ])('may be %s', async serverAddress => {
    expect(await problemsAt(serverAddress)).toEqual([]);
  });
});
