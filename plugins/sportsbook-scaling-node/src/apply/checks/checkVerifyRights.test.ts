import { formatPlanProblem } from '../../model/PlanProblem';
import { FakeCluster } from '../../testUtils/FakeCluster';
import {
  deployment,
  prometheusService,
  service,
  serviceManifests,
} from '../../testUtils/serviceManifests';
import { inBetting } from '../__testUtils__/inBetting';
import { planIn, problemsIn } from '../__testUtils__/planIn';

describe('what comes after an apply', () => {
  let client: FakeCluster;
  beforeEach(() => {
    client = new FakeCluster(['betting']);
    client.seed(inBetting(prometheusService));
  });

  it('is a wait, whose missing rights are problems', async () => {
    client.denied.add('watch services').add('list deployments');
    expect(await problemsIn(client, service, deployment)).toEqual([
      expect.stringContaining('may not watch services'),
      expect.stringContaining('may not list deployments.apps'),
    ]);
  });

  it('is content with the right to one object, which a wait asks by its name', async () => {
    const byName = Object.assign(client, {
      can: async ({ verb, name }: { verb: string; name?: string }) => ({
        allowed: verb === 'create' || name !== undefined,
      }),
    });
    const second = { ...service, metadata: { name: 'second' } };
    expect(await problemsIn(byName, service)).toEqual([]);
    expect(await problemsIn(byName, service, second)).toEqual([
      expect.stringContaining('may not list, watch services'),
    ]);
  });

  it('is the proof of the chain, whose missing rights are warnings', async () => {
    client.denied
      .add('get services/proxy')
      .add('list pods')
      .add('list events')
      .add('list endpointslices');
    const { problems, warnings } = await planIn(
      client,
      serviceManifests.map(({ object }) => object),
    );
    expect(problems.map(formatPlanProblem)).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining("may not list pods in namespace 'betting'"),
      expect.stringContaining('may not list events'),
      expect.stringContaining('may not list endpointslices.discovery.k8s.io'),
      expect.stringMatching(
        /^scaling:verify and the card lack a right: .* may not get services\/proxy in namespace 'betting'; grant it/,
      ),
    ]);
  });

  it('is no proof where the set scales nothing', async () => {
    client.denied.add('list pods');
    expect(await planIn(client, [service])).toMatchObject({
      problems: [],
      warnings: [],
    });
  });
});
