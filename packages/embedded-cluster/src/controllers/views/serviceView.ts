import { z } from 'zod';
import { view } from '../foundation/view';

export const serviceView = view(
  z.object({
    spec: z
      .object({
        type: z.string().nullish(),
        clusterIP: z.string().nullish(),
        ipFamilies: z.array(z.string()).nullish(),
        selector: z.record(z.string(), z.string()).nullish(),
        publishNotReadyAddresses: z.boolean().nullish(),
        ports: z
          .array(
            z.object({
              name: z.string().nullish(),
              protocol: z.string().nullish(),
              appProtocol: z.string().nullish(),
              port: z.number(),
              targetPort: z.union([z.number(), z.string()]).nullish(),
            }),
          )
          .nullish(),
      })
      .nullish()
      .transform(spec => spec ?? {}),
  }),
);

export type ServiceView = ReturnType<typeof serviceView>;
export type ServicePort = NonNullable<ServiceView['spec']['ports']>[number];
