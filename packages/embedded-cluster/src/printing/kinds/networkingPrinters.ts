import { z } from 'zod';
import { labelSelectorSchema } from '../../model/labelSelectorSchema';
import { atMost } from '../cells/atMost';
import { selectorCell } from '../cells/selectorCell';
import { ageOf } from '../cells/since';
import { column, NAME, type KindPrinter } from '../KindPrinter';

const networkPolicy = z.object({
  spec: z.object({ podSelector: labelSelectorSchema.nullish() }).nullish(),
});

export const networkPolicyPrinter: KindPrinter = {
  columns: [NAME, column('Pod-Selector'), column('Age')],
  row(object, nowMilliseconds) {
    const { spec } = networkPolicy.parse(object);
    return {
      cells: [
        object.metadata.name,
        selectorCell(spec?.podSelector ?? undefined),
        ageOf(object, nowMilliseconds),
      ],
    };
  },
};

const ingress = z.object({
  spec: z
    .object({
      ingressClassName: z.string().nullish(),
      tls: z.array(z.unknown()).nullish(),
      rules: z.array(z.object({ host: z.string().nullish() })).nullish(),
    })
    .nullish(),
  status: z
    .object({
      loadBalancer: z
        .object({
          ingress: z
            .array(
              z.object({
                ip: z.string().nullish(),
                hostname: z.string().nullish(),
              }),
            )
            .nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

export const ingressPrinter: KindPrinter = {
  columns: [
    NAME,
    column('Class'),
    column('Hosts'),
    column('Address'),
    column('Ports'),
    column('Age'),
  ],
  row(object, nowMilliseconds) {
    const { spec, status } = ingress.parse(object);
    const hosts = (spec?.rules ?? [])
      .map(({ host }) => host ?? '')
      .filter(host => host !== '');
    return {
      cells: [
        object.metadata.name,
        spec?.ingressClassName ?? '<none>',
        atMost(hosts, 3, { separator: ',', none: '*' }),
        (status?.loadBalancer?.ingress ?? [])
          .map(({ ip, hostname }) => ip ?? hostname ?? '')
          .join(','),
        (spec?.tls ?? []).length > 0 ? '80, 443' : '80',
        ageOf(object, nowMilliseconds),
      ],
    };
  },
};
