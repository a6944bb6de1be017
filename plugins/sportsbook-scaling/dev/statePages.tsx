import {
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { Container, Flex, Link, Text } from '@backstage/ui';
import { Route, Routes, useParams } from 'react-router-dom';
import { EntityScalingCard } from '../src';
import { CARD_STATES } from '../src/__fixtures__/cardStates';

function StateList() {
  return (
    <Container>
      <Flex direction="column" gap="2" p="4">
        <Text as="h1" variant="title-small">
          States of the scaling card
        </Text>
        {CARD_STATES.map(({ id, title }) => (
          <Link key={id} href={`/states/${id}`}>
            {title}
          </Link>
        ))}
      </Flex>
    </Container>
  );
}

function StatePage() {
  const { id } = useParams();
  const state = CARD_STATES.find(candidate => candidate.id === id);
  if (state === undefined) {
    return <Text as="p">There is no state {id}.</Text>;
  }
  return (
    <Container>
      <EntityProvider entity={state.entity}>
        <EntityScalingCard />
      </EntityProvider>
    </Container>
  );
}

/** A list of the card's states at `/`, and a page for each under `/states`. */
export const statePages = createFrontendModule({
  pluginId: 'app',
  extensions: [
    PageBlueprint.make({
      name: 'scaling-state-list',
      params: { path: '/', noHeader: true, loader: async () => <StateList /> },
    }),
    PageBlueprint.make({
      name: 'scaling-states',
      params: {
        path: '/states',
        noHeader: true,
        loader: async () => (
          <Routes>
            <Route path=":id" element={<StatePage />} />
          </Routes>
        ),
      },
    }),
  ],
});
