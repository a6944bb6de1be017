import type { ErrorApi } from '@backstage/core-plugin-api';
import type {
  KubernetesApi,
  KubernetesAuthProvidersApi,
} from '@backstage/plugin-kubernetes-react';
import type { JsonObject } from '@backstage/types';
import { KUBERNETES_TOKEN_SECRET } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { FormChoicesApi } from '../api';
import { authProviderOf, signsInInBrowser } from '../clusters/authProviderOf';

type Secrets = Record<string, string>;

export interface AddTokenContext {
  input: { clusterParameter: string };
  formState: JsonObject;
  setSecrets: (change: (state: Secrets) => Secrets) => void;
}

export interface AddTokenApis {
  errorApi: ErrorApi;
  kubernetesApi: Pick<KubernetesApi, 'getClusters'>;
  authProvidersApi: Pick<KubernetesAuthProvidersApi, 'getCredentials'>;
  choicesApi: Pick<FormChoicesApi, 'getClusters'>;
}

async function tokenFor(
  name: string,
  { kubernetesApi, authProvidersApi }: AddTokenApis,
): Promise<string | undefined> {
  const cluster = (await kubernetesApi.getClusters()).find(
    known => known.name === name,
  );
  if (cluster === undefined || !signsInInBrowser(cluster)) {
    return undefined;
  }
  const { token } = await authProvidersApi.getCredentials(
    authProviderOf(cluster),
  );
  return token;
}

/**
 * Signs the user in to the chosen cluster and adds the token to the task's
 * secrets. Where the cluster is reached with a shared account the task gets no
 * token, not even one that was typed for another cluster.
 *
 * @remarks
 * It never rejects, which would leave the form waiting for ever: the task says
 * what is missing, and an error is shown besides.
 */
export async function addKubernetesToken(
  { input, formState, setSecrets }: AddTokenContext,
  apis: AddTokenApis,
): Promise<void> {
  const name = formState[input.clusterParameter];
  if (typeof name !== 'string' || name === '') {
    return;
  }
  const without = ({ [KUBERNETES_TOKEN_SECRET]: _, ...others }: Secrets) =>
    others;
  try {
    const { clusters } = await apis.choicesApi.getClusters();
    const access = clusters.find(cluster => cluster.name === name)?.access;
    if (access !== 'userToken') {
      setSecrets(without);
      return;
    }
    const token = await tokenFor(name, apis);
    if (token !== undefined && token !== '') {
      setSecrets(secrets => ({
        ...secrets,
        [KUBERNETES_TOKEN_SECRET]: token,
      }));
    }
  } catch (error) {
    apis.errorApi.post(
      new Error(
        `You are not signed in to cluster '${name}': ${
          error instanceof Error ? error.message : String(error)
        }. Sign in and create again; the task ends without your Kubernetes token.`,
      ),
    );
  }
}
