import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  TestApiProvider,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CARD_STATES } from '../../__fixtures__/cardStates';
import { FixtureScalingApi } from '../../__fixtures__/FixtureScalingApi';
import { scalingApiRef } from '../../api';
import { EntityScalingCard } from './EntityScalingCard';

function show(id: string) {
  const state = CARD_STATES.find(candidate => candidate.id === id);
  if (state === undefined) {
    throw new Error(`There is no state '${id}'`);
  }
  const { entity, respond } = state;
  const api = new FixtureScalingApi({ [stringifyEntityRef(entity)]: respond });
  renderInTestApp(
    <TestApiProvider apis={[[scalingApiRef, api]]}>
      <EntityProvider entity={entity}>
        <EntityScalingCard />
      </EntityProvider>
    </TestApiProvider>,
  );
  return api;
}

/** The value that stands under a label of the card's numbers. */
async function figure(label: string) {
  const term = await screen.findByText(label, { selector: 'dt' });
  return term.nextElementSibling;
}

describe('EntityScalingCard', () => {
  it('shows rate, replicas in their range and the average of one against the threshold', async () => {
    show('under-load');
    expect(await figure('Request rate')).toHaveTextContent('250 requests/s');
    expect(await figure('Replicas')).toHaveTextContent('3 of 2–10 replicas');
    expect(await figure('Load per replica')).toHaveTextContent(
      '83 of 100 requests/s',
    );
    expect(
      screen.getByText(/betting\/odds-api on prod-eu · /),
    ).toBeInTheDocument();
  });

  it('says so where the cluster is the embedded one, and only there', async () => {
    show('embedded');
    expect(await screen.findByText('embedded cluster')).toBeVisible();
    expect(
      screen.getByText(/betting\/odds-api on embedded · /),
    ).toBeInTheDocument();
  });

  it('announces the sentence politely when it changes', async () => {
    show('under-load');
    const sentence = await screen.findByText(/^Holding at 3\./);
    expect(sentence).toHaveAttribute('aria-live', 'polite');
  });

  it('names the levels and the tolerance behind them', async () => {
    show('under-load');
    expect(
      await screen.findByText(
        /Above 330 requests\/s the autoscaler goes to 4 replicas.*tolerates 10\s% around/,
      ),
    ).toBeInTheDocument();
  });

  it('lists what happened, newest first', async () => {
    show('under-load');
    const list = await screen.findByRole('list', {
      name: 'Scaling events, newest first',
    });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      '20:56Scaled out 2 → 3 above the threshold (125 of 100).',
      '20:42Rollout of version 1.2.0.',
    ]);
  });

  it('holds older events back until they are asked for', async () => {
    show('at-maximum');
    const list = await screen.findByRole('list', { name: /Scaling events/ });
    expect(within(list).getAllByRole('listitem')).toHaveLength(4);
    await userEvent.click(screen.getByRole('button', { name: 'All 5 events' }));
    expect(within(list).getAllByRole('listitem')).toHaveLength(5);
  });

  it('says how many replicas are wanted while they are on their way', async () => {
    show('scaling-out');
    expect(await figure('Replicas')).toHaveTextContent('2 of 2–10 replicas');
    expect(screen.getByText('3 wanted')).toBeInTheDocument();
  });

  it('says what to do where the verdict knows it', async () => {
    show('at-maximum');
    expect(
      await screen.findByText(/Raise maxReplicas if this load/),
    ).toBeInTheDocument();
  });

  it('keeps showing replicas while Prometheus is down, and says since when', async () => {
    show('prometheus-down');
    expect(await figure('Replicas')).toHaveTextContent('4 of 2–10 replicas');
    expect(await figure('Request rate')).toHaveTextContent('not known');
    expect(await figure('Load per replica')).toHaveTextContent('not known');
    expect(
      screen.getByText('Prometheus has not answered since 21:02'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });

  it('lists each source that is incomplete', async () => {
    show('paused-with-gap');
    expect(
      await screen.findByText('2 sources are incomplete'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/HorizontalPodAutoscaler has answered with errors/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/The event list may not be read/),
    ).toBeInTheDocument();
  });

  it('does not claim levels that a paused service does not react to', async () => {
    show('paused-with-gap');
    expect(await screen.findByText(/^Paused since 20:15/)).toBeInTheDocument();
    expect(screen.queryByText(/the autoscaler goes/)).not.toBeInTheDocument();
  });

  it('draws no chart before the first measurement', async () => {
    show('just-created');
    expect(
      await screen.findByText(/No measurements in the last 30 minutes/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Nothing happened to the replicas/),
    ).toBeInTheDocument();
  });

  it('says that it is asking while it loads', async () => {
    show('loading');
    expect(
      await screen.findByText('Asking the cluster how the service scales'),
    ).toBeInTheDocument();
  });

  it('says how to come to a ScaledObject where there is none', async () => {
    show('no-scaled-object');
    expect(
      await screen.findByText('Nothing scales this service yet'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /There is no ScaledObject odds-api in namespace betting on prod-eu\. 3 replicas of Deployment odds-api run without it\./,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('kubectl apply --server-side -f k8s/'),
    ).toBeInTheDocument();
  });

  it('tells a cluster without KEDA from a service without ScaledObject', async () => {
    show('no-keda');
    expect(
      await screen.findByText('KEDA is not installed on prod-eu'),
    ).toBeInTheDocument();
  });

  it('names the annotations that are missing, and asks nobody', async () => {
    const api = show('missing-annotations');
    expect(
      await screen.findByText('backstage.io/kubernetes-cluster'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('backstage.io/kubernetes-namespace'),
    ).toBeInTheDocument();
    expect(api.questions).toEqual([]);
  });

  it('tells a refusal from a failure', async () => {
    show('forbidden');
    expect(
      await screen.findByText('You may not see how this service scales'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.getByText(/sportsbook\.scaling\.read/)).toBeInTheDocument();
  });

  it('says why it failed and asks again on request', async () => {
    const api = show('failed');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Cluster 'prod-eu' does not answer (connect ECONNREFUSED).",
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(api.questions).toHaveLength(2);
  });

  it('keeps the numbers when they cannot be renewed, and marks them as stale', async () => {
    show('stale');
    expect(await figure('Request rate')).toHaveTextContent('250 requests/s');
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(await screen.findByText(/^Stale since \d\d:\d\d$/)).toBeVisible();
    expect(screen.getByText(/^No answer since \d\d:\d\d$/)).toBeVisible();
    expect(await figure('Request rate')).toHaveTextContent('250 requests/s');
  });
});
