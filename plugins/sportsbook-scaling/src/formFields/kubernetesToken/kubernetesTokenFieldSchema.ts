import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** Value and options of `ui:field: SportsbookKubernetesToken`; the value stays empty. */
export const kubernetesTokenFieldSchema = makeFieldSchema({
  output: z => z.string(),
});

export type KubernetesTokenFieldProps =
  typeof kubernetesTokenFieldSchema.TProps;
