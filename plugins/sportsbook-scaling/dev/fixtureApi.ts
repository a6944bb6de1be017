import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { scalingApiRef } from '../src';
import { CARD_STATES } from '../src/__fixtures__/cardStates';
import { FixtureScalingApi } from '../src/__fixtures__/FixtureScalingApi';

/** Answers from the fixtures instead of from a backend. */
export const fixtureApi = createFrontendModule({
  pluginId: 'sportsbook-scaling',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: scalingApiRef,
          deps: {},
          factory: () =>
            new FixtureScalingApi(
              Object.fromEntries(
                CARD_STATES.map(({ entity, respond }) => [
                  stringifyEntityRef(entity),
                  respond,
                ]),
              ),
            ),
        }),
    }),
  ],
});
