import { useApi } from '@backstage/core-plugin-api';
import { useTemplateSecrets } from '@backstage/plugin-scaffolder-react';
import {
  KUBERNETES_TOKEN_SECRET,
  NamespaceChoices,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { useEffect, useState } from 'react';
import { formChoicesApiRef } from '../api';
import { refusalReason } from '../model/refusalReason';
import { useTemplateRef } from './useTemplateRef';

/** What is known of the namespaces of a cluster. */
export type NamespacesState =
  | { status: 'noCluster' | 'loading' }
  | { status: 'ready'; choices: NamespaceChoices }
  | { status: 'failed'; reason: string };

/**
 * The namespaces of a cluster that the user may create in, asked again when the
 * cluster or his token changes. Not kept in a cache, whose key would have to
 * hold the token.
 */
export function useNamespaceChoices(
  cluster: string | undefined,
): NamespacesState {
  const api = useApi(formChoicesApiRef);
  const templateRef = useTemplateRef();
  const userToken = useTemplateSecrets().secrets[KUBERNETES_TOKEN_SECRET];
  const [state, setState] = useState<NamespacesState>({ status: 'noCluster' });

  useEffect(() => {
    if (cluster === undefined || cluster === '') {
      setState({ status: 'noCluster' });
      return undefined;
    }
    const controller = new AbortController();
    setState({ status: 'loading' });
    api
      .getNamespaces(cluster, {
        templateRef,
        userToken,
        signal: controller.signal,
      })
      .then(
        choices => {
          if (!controller.signal.aborted) {
            setState({ status: 'ready', choices });
          }
        },
        (error: unknown) => {
          if (!controller.signal.aborted) {
            setState({
              status: 'failed',
              reason: refusalReason(error),
            });
          }
        },
      );
    return () => controller.abort();
  }, [api, cluster, templateRef, userToken]);

  return state;
}
