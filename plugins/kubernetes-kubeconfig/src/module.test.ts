import { existsSync } from 'node:fs';
import https from 'node:https';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import { ConfigReader } from '@backstage/config';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { makeCertificates } from './__testUtils__/certificates';
import { base64, kubeconfigText } from './__testUtils__/kubeconfigText';
import { defaultAuthStrategies } from './defaultAuthStrategies';
import kubeconfigModule from './index';

jest.setTimeout(60_000);

const directory = createMockDirectory();

const start = (data: object) =>
  startTestBackend({
    features: [
      kubernetesPlugin,
      kubeconfigModule,
      mockServices.rootConfig.factory({ data: { ...data } }),
    ],
  });

const kubernetes = { serviceLocatorMethod: { type: 'multiTenant' } };

async function get(port: number, route: string, cluster?: string) {
  const response = await fetch(
    `http://localhost:${port}/api/kubernetes${route}`,
    {
      headers: {
        Authorization: mockCredentials.service.header(),
        ...(cluster ? { 'Backstage-Kubernetes-Cluster': cluster } : {}),
      },
    },
  );
  return { status: response.status, body: await response.text() };
}

describe('an API server that asks for a client certificate', () => {
  let server: https.Server;
  let url: string;
  let certificates: Awaited<ReturnType<typeof makeCertificates>>;

  beforeAll(async () => {
    certificates = await makeCertificates('somebody');
    server = https.createServer(
      {
        ...certificates.server,
        ca: certificates.ca,
        requestCert: true,
        rejectUnauthorized: true,
      },
      (request, response) => {
        const { CN } = (request.socket as TLSSocket).getPeerCertificate()
          .subject;
        response.end(`hello ${CN}`);
      },
    );
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it('sees the one of the context through the proxy', async () => {
    directory.setContent({
      config: kubeconfigText({
        local: {
          cluster: {
            server: url,
            'certificate-authority-data': base64(certificates.ca),
          },
          user: {
            'client-certificate-data': base64(certificates.client.cert),
            'client-key-data': base64(certificates.client.key),
          },
        },
        stranger: {
          cluster: {
            server: url,
            'certificate-authority-data': base64(certificates.ca),
          },
          user: { token: 'no-certificate' },
        },
      }),
    });
    const backend = await start({
      kubernetes: {
        ...kubernetes,
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [
              {
                name: 'configured',
                url,
                authProvider: 'serviceAccount',
                serviceAccountToken: 'x',
              },
            ],
          },
        ],
      },
      kubernetesKubeconfig: {
        path: directory.resolve('config'),
        contexts: ['local', 'stranger'],
      },
    });
    const port = backend.server.port();
    expect(await get(port, '/proxy/version', 'local')).toEqual({
      status: 200,
      body: 'hello somebody',
    });
    expect(await get(port, '/proxy/version', 'stranger')).toMatchObject({
      status: 500,
    });
    const { items } = JSON.parse((await get(port, '/clusters')).body);
    expect(items.map(({ name }: { name: string }) => name)).toEqual([
      'configured',
      'local',
      'stranger',
    ]);
  });
});

it('leaves the kubernetes plugin as it is while no context is named', async () => {
  const backend = await start({
    kubernetes: { ...kubernetes, clusterLocatorMethods: [] },
    kubernetesKubeconfig: { path: '/no/such/file', contexts: [] },
  });
  expect(await get(backend.server.port(), '/clusters')).toEqual({
    status: 200,
    body: '{"items":[]}',
  });
});

it('stops the start for a context that is not there', async () => {
  directory.setContent({ config: kubeconfigText({}) });
  await expect(
    start({
      kubernetes,
      kubernetesKubeconfig: {
        path: directory.resolve('config'),
        contexts: ['prod'],
      },
    }),
  ).rejects.toThrow(/There is no context 'prod'/);
});

it('stops the start when the kubernetes plugin is not configured', async () => {
  await expect(
    start({ kubernetesKubeconfig: { contexts: ['dev'] } }),
  ).rejects.toThrow(/without a 'kubernetes' section/);
});

it('adds again every strategy that the kubernetes plugin has by itself', () => {
  const options = {
    config: new ConfigReader({}),
    logger: mockServices.logger.mock(),
  };
  // Not exported, and what our list has to be held to.
  const builder = path.join(
    path.dirname(require.resolve('@backstage/plugin-kubernetes-backend')),
    'auth/buildDefaultAuthStrategyMap.cjs.js',
  );
  expect(existsSync(builder)).toBe(true);
  const builtIn: Map<string, object> =
    // eslint-disable-next-line @typescript-eslint/no-require-imports, import/no-dynamic-require, global-require
    require(builder).buildDefaultAuthStrategyMap(options);
  const ours = defaultAuthStrategies(options);
  const classes = (map: Map<string, object>) =>
    [...map].map(([key, value]) => [key, value.constructor.name]).sort();
  expect(classes(ours)).toEqual(classes(builtIn));
});
