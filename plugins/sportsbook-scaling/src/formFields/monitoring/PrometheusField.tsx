import { useEffect, useState } from 'react';
import { z } from 'zod/v3';
import { isUsable, proposedServer } from '../../model/monitoringAdvice';
import { formDataOf } from '../formValues';
import { PrometheusSelect } from './PrometheusSelect';
import type { PrometheusFieldProps } from './prometheusFieldSchema';
import { valueOf } from './prometheusServerValue';
import { PrometheusUnavailable } from './PrometheusUnavailable';
import { RefusingServers } from './RefusingServers';
import { usePrometheusServers } from './usePrometheusServers';

const addressSchema = z.object({ prometheusAddress: z.string().min(1) });

/**
 * Chooses the server that will scrape the service, and shows why that one will
 * and others will not. The labels that it takes are kept with its name.
 */
export function PrometheusField(props: PrometheusFieldProps) {
  const { formData, onChange, formContext } = props;
  const all = formDataOf(formContext);
  const { state, refresh } = usePrometheusServers(all);
  const [wantsAnother, setWantsAnother] = useState(
    addressSchema.safeParse(all).success,
  );
  const choices = state.status === 'ready' ? state.choices : undefined;
  const servers = choices?.servers ?? [];
  const chosen = servers.find(({ name }) => name === formData?.name);
  const proposed = choices && proposedServer(choices);
  // Its selectors may have changed since, or the name of the service has.
  const wanted = chosen
    ? valueOf(chosen)
    : formData ?? (proposed && !wantsAnother ? valueOf(proposed) : undefined);
  const isSettled = JSON.stringify(wanted) === JSON.stringify(formData);

  useEffect(() => {
    if (!isSettled && wanted !== undefined) {
      onChange(wanted);
    }
  }, [isSettled, onChange, wanted]);

  if (state.status === 'failed') {
    return (
      <PrometheusUnavailable
        title="The servers of the cluster cannot be listed"
        reason={state.error.message}
        onRetry={refresh}
      />
    );
  }
  return (
    <>
      <PrometheusSelect
        field={props}
        isLoading={state.status === 'loading'}
        isIncomplete={state.status === 'incomplete'}
        servers={servers.filter(isUsable)}
        isRefused={chosen !== undefined && !isUsable(chosen)}
        wantsAnother={formData === undefined && wantsAnother}
        onChoose={server => {
          setWantsAnother(server === undefined);
          onChange(server && valueOf(server));
        }}
      />
      {(choices?.detection.status === 'forbidden' ||
        choices?.detection.status === 'unreachable') && (
        <PrometheusUnavailable
          title={
            choices.detection.status === 'forbidden'
              ? 'Not all servers of the cluster could be seen'
              : 'The cluster could not be asked for its servers'
          }
          reason={choices.detection.reason}
          onRetry={refresh}
        />
      )}
      <RefusingServers servers={servers.filter(server => !isUsable(server))} />
    </>
  );
}
