import { z } from 'zod';
import { view } from '../foundation/view';

/** Who is in an EndpointSlice. */
export const sliceView = view(
  z.object({
    endpoints: z
      .array(
        z.object({
          addresses: z.array(z.string()),
          targetRef: z
            .object({ name: z.string().nullish(), uid: z.string().nullish() })
            .nullish(),
        }),
      )
      .nullish()
      .transform(endpoints => endpoints ?? []),
  }),
);

export type SliceEndpoint = ReturnType<typeof sliceView>['endpoints'][number];
