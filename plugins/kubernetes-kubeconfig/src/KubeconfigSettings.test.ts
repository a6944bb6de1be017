import { homedir } from 'node:os';
import path from 'node:path';
import { ConfigReader } from '@backstage/config';
import { readKubeconfigSettings } from './KubeconfigSettings';

const read = (section: object | undefined, environment = {}) =>
  readKubeconfigSettings(
    new ConfigReader(
      section === undefined ? {} : { kubernetesKubeconfig: { ...section } },
    ),
    environment,
  );

it('uses no context by itself', () => {
  expect(read(undefined).contexts).toEqual([]);
  expect(read({ path: '/some/file' }).contexts).toEqual([]);
});

it('looks where kubectl looks, unless a path is configured', () => {
  const environment = { KUBECONFIG: ['/a', '', '/b'].join(path.delimiter) };
  expect(read({}).paths).toEqual([path.join(homedir(), '.kube', 'config')]);
  expect(read({}, environment).paths).toEqual(['/a', '/b']);
  expect(read({ path: '/c' }, environment).paths).toEqual(['/c']);
});

it('takes a context that is named twice once', () => {
  expect(read({ contexts: ['kind', 'kind', 'dev'] }).contexts).toEqual([
    'kind',
    'dev',
  ]);
});
