import { createComponentExtension } from '@backstage/core-plugin-api';
import { sportsbookScalingPlugin } from './plugin';

/** The scaling card, for an entity page; it takes the entity from the page. */
export const EntityScalingCard = sportsbookScalingPlugin.provide(
  createComponentExtension({
    name: 'EntityScalingCard',
    component: {
      lazy: async () =>
        (await import('../components/EntityScalingCard')).EntityScalingCard,
    },
  }),
);
