import {
  createMockDirectory,
  mockCredentials,
} from '@backstage/backend-test-utils';
import { base64, kubeconfigText } from './__testUtils__/kubeconfigText';
import { KubeconfigClusterSupplier } from './KubeconfigClusterSupplier';
import { KubeconfigFiles } from './KubeconfigFiles';

const directory = createMockDirectory();
const credentials = mockCredentials.service();
const token = { token: 'secret' };
const dev = {
  cluster: {
    server: 'https://dev.example:6443/',
    'certificate-authority-data': base64('the authority'),
  },
  user: token,
};

function supplierOf(
  contexts: Parameters<typeof kubeconfigText>[0],
  named: string[],
) {
  directory.setContent({ config: kubeconfigText(contexts) });
  return new KubeconfigClusterSupplier({
    files: new KubeconfigFiles([directory.resolve('config')]),
    contexts: named,
  });
}

it('makes clusters of the named contexts and of no other', async () => {
  const supplier = supplierOf({ current: dev, dev, other: dev }, ['dev']);
  expect(await supplier.getClusters({ credentials })).toEqual([
    {
      name: 'dev',
      url: 'https://dev.example:6443',
      authMetadata: { 'kubernetes.io/auth-provider': 'localKubectlProxy' },
      skipTLSVerify: false,
      caData: base64('the authority'),
      caFile: undefined,
    },
  ]);
});

it('finds authority files beside the kubeconfig, and honours the switch that trusts anyone', async () => {
  const supplier = supplierOf(
    {
      file: {
        cluster: { server: 'https://a', 'certificate-authority': 'pki/ca.crt' },
        user: token,
      },
      trusting: {
        cluster: { server: 'https://b', 'insecure-skip-tls-verify': true },
        user: token,
      },
    },
    ['file', 'trusting'],
  );
  expect(await supplier.getClusters({ credentials })).toMatchObject([
    { caFile: directory.resolve('pki/ca.crt'), skipTLSVerify: false },
    { skipTLSVerify: true },
  ]);
});

it('lists the contexts that there are when one is unknown', async () => {
  const supplier = supplierOf({ dev, kind: dev }, ['prod']);
  await expect(supplier.getClusters({ credentials })).rejects.toThrow(
    /There is no context 'prod' in kubeconfig .*; it has dev, kind\. Correct 'kubernetesKubeconfig\.contexts'/,
  );
});

it('names the file that cannot be read', async () => {
  const files = new KubeconfigFiles([directory.resolve('missing')]);
  await expect(files.context('dev')).rejects.toThrow(
    /The kubeconfig .*missing cannot be read\. .*ENOENT/,
  );
});

it.each([
  ['tls-server-name', { 'tls-server-name': 'x' }, {}],
  ['proxy-url', { 'proxy-url': 'http://proxy' }, {}],
  ['as', {}, { as: 'somebody' }],
  ['username', {}, { username: 'u', password: 'p' }],
])(
  'refuses a context whose %s could not be honoured',
  async (field, cluster, user) => {
    const supplier = supplierOf(
      {
        dev: {
          cluster: { ...dev.cluster, ...cluster },
          user: { ...token, ...user },
        },
      },
      ['dev'],
    );
    await expect(supplier.getClusters({ credentials })).rejects.toThrow(
      `Context 'dev' of the kubeconfig sets '${field}'`,
    );
  },
);

it('reads the file again when it changed', async () => {
  const supplier = supplierOf({ dev }, ['dev']);
  await supplier.getClusters({ credentials });
  directory.setContent({
    config: kubeconfigText({
      dev: { ...dev, cluster: { server: 'https://moved.example' } },
    }),
  });
  expect(await supplier.getClusters({ credentials })).toMatchObject([
    { url: 'https://moved.example' },
  ]);
});

it('comes after clusters that were configured otherwise, and shares no name with them', async () => {
  directory.setContent({ config: kubeconfigText({ dev }) });
  const beside = (name: string) =>
    new KubeconfigClusterSupplier({
      files: new KubeconfigFiles([directory.resolve('config')]),
      contexts: ['dev'],
      others: {
        getClusters: async () => [{ name, url: 'https://x', authMetadata: {} }],
      },
    });
  const both = await beside('eks').getClusters({ credentials });
  expect(both.map(({ name }) => name)).toEqual(['eks', 'dev']);
  await expect(beside('dev').getClusters({ credentials })).rejects.toThrow(
    "Two clusters are named 'dev'",
  );
});

it('takes the first of several files that define a name', async () => {
  directory.setContent({
    first: kubeconfigText({ dev }),
    second: kubeconfigText({
      dev: { ...dev, cluster: { server: 'https://second' } },
      extra: dev,
    }),
  });
  const files = new KubeconfigFiles([
    directory.resolve('first'),
    directory.resolve('second'),
  ]);
  expect((await files.context('dev')).cluster.server).toBe(
    'https://dev.example:6443',
  );
  expect((await files.context('extra')).name).toBe('extra');
});
