import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { ENTITY_ANNOTATIONS } from '@sportsbook/plugin-sportsbook-scaling-common';
import { screen } from '@testing-library/react';
import { always, FixtureScalingApi } from './__fixtures__/FixtureScalingApi';
import { serviceEntity } from './__fixtures__/serviceEntity';
import { underLoad } from './__fixtures__/snapshots';
import { scalingApiRef } from './api';
import plugin from '.';

const scalingCard = plugin.getExtension(
  'entity-card:sportsbook-scaling/scaling',
);

describe('the plugin', () => {
  it('puts its card on entities with a kubernetes id', async () => {
    const api = new FixtureScalingApi({
      'component:default/odds-api': always(underLoad),
    });
    renderTestApp({
      extensions: [
        createTestEntityPage({ entity: serviceEntity('odds-api') }),
        scalingCard,
      ],
      apis: [[scalingApiRef, api]],
    });
    expect(
      await screen.findByRole('heading', { name: 'Scaling' }),
    ).toBeInTheDocument();
    expect(await screen.findByText(/^Holding at 3\./)).toBeInTheDocument();
  });

  it('leaves other entities alone', async () => {
    renderTestApp({
      extensions: [
        createTestEntityPage({
          entity: serviceEntity('website', {
            [ENTITY_ANNOTATIONS.kubernetesId]: undefined,
          }),
        }),
        scalingCard,
      ],
      apis: [[scalingApiRef, new FixtureScalingApi({})]],
    });
    expect(await screen.findByTestId('empty-entity-page')).toBeInTheDocument();
  });

  it('lets app-config replace which entities get the card', async () => {
    renderTestApp({
      extensions: [
        createTestEntityPage({ entity: serviceEntity('odds-api') }),
        scalingCard,
      ],
      apis: [[scalingApiRef, new FixtureScalingApi({})]],
      config: {
        app: {
          extensions: [
            {
              'entity-card:sportsbook-scaling/scaling': {
                config: { filter: { kind: 'group' } },
              },
            },
          ],
        },
      },
    });
    expect(await screen.findByTestId('empty-entity-page')).toBeInTheDocument();
  });

  it('brings the form decorator for Kubernetes tokens', () => {
    expect(
      plugin.getExtension(
        'scaffolder-form-decorator:sportsbook-scaling/kubernetes-token',
      ),
    ).toBeTruthy();
  });

  it.each([
    'service-name',
    'cluster',
    'namespace',
    'kubernetes-token',
    'max-replicas',
  ] as const)('brings the form field %s', name => {
    expect(
      plugin.getExtension(`scaffolder-form-field:sportsbook-scaling/${name}`),
    ).toBeTruthy();
  });
});
