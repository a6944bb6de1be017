import { Config } from '@backstage/config';
import { z } from 'zod/v3';
import { parseConfigSection } from './parseConfigSection';

/** The optional section `sportsbookScaling.prometheus`. */
export interface PrometheusSettings {
  /** Servers outside clusters that may be asked directly, as URLs. */
  allowedAddresses: string[];
}

/** @throws InputError that lists every problem of the section. */
export function readPrometheusSettings(config: Config): PrometheusSettings {
  const { addresses } = parseConfigSection(
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
      })
      .strict()
      .default({}),
  );
  return { allowedAddresses: addresses };
}
