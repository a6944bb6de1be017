import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';

/** Where the operator puts the configuration. */
export const CONFIG_KEY = 'prometheus.yaml.gz';

const secretSchema = z.object({
  data: z.record(z.string(), z.string()).default({}),
});

/**
 * The configuration that the operator wrote into its Secret, with the pod's
 * own values in place of `$(POD_NAME)` and `$(SHARD)`.
 *
 * @returns undefined where the Secret does not hold one yet
 * @throws Error for bytes that are not gzip
 */
export function readConfigSecret(
  secret: KubernetesObject,
  variables: Readonly<Record<string, string>>,
): string | undefined {
  const encoded = secretSchema.parse(secret).data[CONFIG_KEY];
  return encoded === undefined
    ? undefined
    : gunzipSync(Buffer.from(encoded, 'base64'))
        .toString('utf8')
        .replace(/\$\(([A-Z_]+)\)/g, (whole, name) => variables[name] ?? whole);
}
