import { Config } from '@backstage/config';
import { z } from 'zod/v3';
import { PrometheusLimits } from '../ports/prometheusLimits';
import { ClusterSettings } from './ClusterSettings';
import { parseConfigSection } from './parseConfigSection';

/**
 * The optional section `sportsbookScaling.prometheus`, and the servers that
 * `sportsbookScaling.clusters` describes.
 *
 * @throws InputError that lists every problem of a section.
 */
export function readPrometheusSettings(config: Config): PrometheusLimits {
  const { addresses, namespaces } = parseConfigSection(
    config,
    'sportsbookScaling.prometheus',
    z
      .object({
        addresses: z
          .array(
            z
              .string()
              .url()
              .regex(/^https?:\/\//, 'must start with http:// or https://'),
          )
          .default([]),
        namespaces: z.array(z.string().min(1)).default([]),
      })
      .strict()
      .default({}),
  );
  return {
    allowedAddresses: addresses,
    allowedNamespaces: namespaces,
    configured: ClusterSettings.fromConfig(config).configuredPrometheus(),
  };
}
