import { useApi } from '@backstage/core-plugin-api';
import { useTemplateSecrets } from '@backstage/plugin-scaffolder-react';
import {
  KUBERNETES_TOKEN_SECRET,
  NAMESPACE_PATTERN,
  PrometheusChoices,
  SERVICE_NAME_PATTERN,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { useEffect, useState } from 'react';
import { z } from 'zod/v3';
import { prometheusServersApiRef } from '../../api';
import { useTemplateRef } from '../../choices/useTemplateRef';
import { clusterOf } from '../formValues';

/** A name changes with each key; the cluster is asked once they rest. */
const REST_MILLISECONDS = 400;

const namesSchema = z.object({
  namespace: z.string().regex(NAMESPACE_PATTERN),
  name: z.string().regex(SERVICE_NAME_PATTERN).optional().catch(undefined),
});

/** What is known of the servers that could scrape the form's service. */
export type PrometheusServersState =
  /** Cluster or namespace are not chosen yet. */
  | { status: 'incomplete' | 'loading' }
  | { status: 'ready'; choices: PrometheusChoices }
  | { status: 'failed'; error: Error };

/** Asks which servers would scrape the form's service, again when cluster, namespace or name change. */
export function usePrometheusServers(formData: unknown): {
  state: PrometheusServersState;
  refresh: () => void;
} {
  const api = useApi(prometheusServersApiRef);
  const templateRef = useTemplateRef();
  const userToken = useTemplateSecrets().secrets[KUBERNETES_TOKEN_SECRET];
  const cluster = clusterOf(formData);
  const names = namesSchema.safeParse(formData);
  const namespace = names.success ? names.data.namespace : undefined;
  const service = names.success ? names.data.name : undefined;
  const [state, setState] = useState<PrometheusServersState>({
    status: 'incomplete',
  });
  const [asked, setAsked] = useState(0);

  useEffect(() => {
    if (cluster === undefined || namespace === undefined) {
      setState({ status: 'incomplete' });
      return undefined;
    }
    const controller = new AbortController();
    setState(last => (last.status === 'ready' ? last : { status: 'loading' }));
    const timer = setTimeout(() => {
      api
        .getPrometheusServers({
          cluster,
          namespace,
          service,
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
                error:
                  error instanceof Error ? error : new Error(String(error)),
              });
            }
          },
        );
    }, REST_MILLISECONDS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [api, cluster, namespace, service, templateRef, userToken, asked]);

  // An answer about another namespace is none about this one.
  const isOutdated =
    state.status === 'ready' &&
    (state.choices.cluster !== cluster ||
      state.choices.namespace !== namespace);
  return {
    state: isOutdated ? { status: 'loading' } : state,
    refresh: () => setAsked(count => count + 1),
  };
}
