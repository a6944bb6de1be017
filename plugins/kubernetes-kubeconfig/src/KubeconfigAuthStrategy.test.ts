import { chmodSync } from 'node:fs';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { base64, kubeconfigText } from './__testUtils__/kubeconfigText';
import { clusterDetails } from './clusterDetails';
import { KubeconfigAuthStrategy } from './KubeconfigAuthStrategy';
import { KubeconfigFiles } from './KubeconfigFiles';

const directory = createMockDirectory();

async function strategyOf(
  user: Record<string, unknown>,
  files: Record<string, string> = {},
) {
  directory.setContent({
    ...files,
    config: kubeconfigText({
      dev: { cluster: { server: 'https://dev.example' }, user },
    }),
  });
  const kubeconfig = new KubeconfigFiles([directory.resolve('config')]);
  return {
    strategy: new KubeconfigAuthStrategy({
      files: kubeconfig,
      contexts: ['dev'],
    }),
    cluster: clusterDetails(await kubeconfig.context('dev')),
  };
}

const certificate = {
  type: 'x509 client certificate',
  cert: 'the certificate',
  key: 'the key',
};

it('gives client certificates that stand in the file or beside it', async () => {
  const inside = await strategyOf({
    'client-certificate-data': base64('the certificate'),
    'client-key-data': base64('the key'),
  });
  expect(await inside.strategy.getCredential(inside.cluster)).toEqual(
    certificate,
  );
  const beside = await strategyOf(
    { 'client-certificate': 'c.crt', 'client-key': 'c.key' },
    { 'c.crt': 'the certificate', 'c.key': 'the key' },
  );
  expect(await beside.strategy.getCredential(beside.cluster)).toEqual(
    certificate,
  );
});

it('gives tokens', async () => {
  const { strategy, cluster } = await strategyOf({ token: 'the-token' });
  expect(await strategy.getCredential(cluster)).toEqual({
    type: 'bearer token',
    token: 'the-token',
  });
});

it('gives nothing where the user has nothing', async () => {
  const { strategy, cluster } = await strategyOf({});
  expect(await strategy.getCredential(cluster)).toEqual({ type: 'anonymous' });
});

describe('an exec plugin', () => {
  /** Prints a token with a number that counts its runs. */
  function plugin(expiresInSeconds: number) {
    return `#!/usr/bin/env node
const fs = require('fs');
const file = ${JSON.stringify(directory.resolve('runs'))};
const runs = 1 + (fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf-8')) : 0);
fs.writeFileSync(file, String(runs));
console.log(JSON.stringify({
  apiVersion: 'client.authentication.k8s.io/v1',
  kind: 'ExecCredential',
  status: {
    token: 'token-' + runs,
    expirationTimestamp: new Date(Date.now() + ${expiresInSeconds} * 1000).toISOString(),
  },
}));
`;
  }

  const exec = () => ({
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: directory.resolve('plugin'),
      args: [],
      interactiveMode: 'Never',
    },
  });

  async function tokensOf(expiresInSeconds: number) {
    const { strategy, cluster } = await strategyOf(exec(), {
      plugin: plugin(expiresInSeconds),
    });
    chmodSync(directory.resolve('plugin'), 0o755);
    return [
      await strategy.getCredential(cluster),
      await strategy.getCredential(cluster),
    ].map(credential => 'token' in credential && credential.token);
  }

  it('runs once for as long as its token lives', async () => {
    expect(await tokensOf(3_600)).toEqual(['token-1', 'token-1']);
  });

  it('runs again when its token has expired', async () => {
    expect(await tokensOf(-1)).toEqual(['token-1', 'token-2']);
  });

  it('is named when it is missing', async () => {
    const { strategy, cluster } = await strategyOf(exec());
    await expect(strategy.getCredential(cluster)).rejects.toThrow(
      /Cluster 'dev' gets no credentials.*exec plugin '.*plugin' is not on the PATH/,
    );
  });

  it('keeps what it prints about its failure to itself', async () => {
    const { strategy, cluster } = await strategyOf(exec(), {
      plugin: '#!/bin/sh\necho hunter2 >&2\nexit 1\n',
    });
    chmodSync(directory.resolve('plugin'), 0o755);
    const got = strategy.getCredential(cluster);
    await expect(got).rejects.toThrow(/exec plugin '.*plugin' failed/);
    await expect(got).rejects.not.toThrow(/hunter2/);
  });
});

describe('clusters that only look like ours', () => {
  it('get nothing when they have another name', async () => {
    const { strategy, cluster } = await strategyOf({ token: 'the-token' });
    expect(
      await strategy.getCredential({ ...cluster, name: 'catalog' }),
    ).toEqual({ type: 'anonymous' });
  });

  it.each([
    { url: 'https://evil.example' },
    { skipTLSVerify: true },
    { caData: 'other' },
  ])('are refused with our name and %j', async difference => {
    const { strategy, cluster } = await strategyOf({ token: 'the-token' });
    await expect(
      strategy.getCredential({ ...cluster, ...difference }),
    ).rejects.toThrow(/is not the one of the kubeconfig/);
  });
});
