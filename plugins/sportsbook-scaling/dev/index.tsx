import { createDevApp } from '@backstage/frontend-dev-utils';
import plugin from '../src';
import { fixtureApi } from './fixtureApi';
import { statePages } from './statePages';

createDevApp({ features: [plugin, fixtureApi, statePages] });
