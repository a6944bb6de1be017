import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { z } from 'zod/v3';
import { prometheusServersApiRef } from '../../api';
import { clusterOf } from '../formValues';
import type { PrometheusServerValue } from './prometheusServerValue';

const addressSchema = z.object({ prometheusAddress: z.string().min(1) });
const placeSchema = z.object({
  namespace: z.string(),
  name: z.string().optional(),
});

/** Refuses on Next a server that will not scrape the service, and having none. */
export const validatePrometheusServer: CustomFieldValidator<
  PrometheusServerValue | undefined
> = async (server, field, { apiHolder, formData }) => {
  if (server?.name === undefined) {
    if (!addressSchema.safeParse(formData).success) {
      field.addError(
        'Choose the server that will scrape the service, or give the address of another one.',
      );
    }
    return;
  }
  const cluster = clusterOf(formData);
  const place = placeSchema.safeParse(formData);
  const api = apiHolder.get(prometheusServersApiRef);
  if (cluster === undefined || !place.success || api === undefined) {
    return; // what is missing is said by the form's schema
  }
  const { namespace, name } = place.data;
  const { servers } = await api.getPrometheusServers({
    cluster,
    namespace,
    service: name,
  });
  const found = servers.find(candidate => candidate.name === server.name);
  if (found?.verdict === 'refuses') {
    field.addError(`${server.name} will not scrape it: ${found.reason}`);
  }
};
