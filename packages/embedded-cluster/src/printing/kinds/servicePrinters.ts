import { z } from 'zod';
import { atMost } from '../cells/atMost';
import { labelsCell } from '../cells/selectorCell';
import { ageOf } from '../cells/since';
import { column, NAME, wide, type KindPrinter } from '../KindPrinter';

const service = z.object({
  spec: z
    .object({
      type: z.string().nullish(),
      clusterIP: z.string().nullish(),
      clusterIPs: z.array(z.string()).nullish(),
      externalIPs: z.array(z.string()).nullish(),
      externalName: z.string().nullish(),
      selector: z.record(z.string(), z.string()).nullish(),
      ports: z
        .array(
          z.object({
            port: z.number(),
            nodePort: z.number().nullish(),
            protocol: z.string().nullish(),
          }),
        )
        .nullish(),
    })
    .nullish()
    .transform(spec => spec ?? {}),
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

type Service = z.output<typeof service>;

export const servicePrinter: KindPrinter = {
  columns: [
    NAME,
    column('Type'),
    column('Cluster-IP'),
    column('External-IP'),
    column('Port(s)'),
    column('Age'),
    wide('Selector'),
  ],
  row(object, nowMilliseconds) {
    const parsed = service.parse(object);
    const { type, clusterIP, clusterIPs, ports, selector } = parsed.spec;
    return {
      cells: [
        object.metadata.name,
        type ?? 'ClusterIP',
        clusterIPs?.[0] ?? (clusterIP ? clusterIP : '<none>'),
        externalText(parsed),
        (ports ?? []).length === 0
          ? '<none>'
          : (ports ?? [])
              .map(
                ({ port, nodePort, protocol }) =>
                  `${port}${nodePort ? `:${nodePort}` : ''}/${
                    protocol ?? 'TCP'
                  }`,
              )
              .join(','),
        ageOf(object, nowMilliseconds),
        labelsCell(selector),
      ],
    };
  },
};

function externalText({ spec, status }: Service): string {
  const { externalIPs } = spec;
  switch (spec.type) {
    case 'ExternalName':
      return spec.externalName ?? '';
    case 'LoadBalancer': {
      const addresses = [
        ...(status?.loadBalancer?.ingress ?? []).map(
          ({ ip, hostname }) => ip ?? hostname ?? '',
        ),
        ...(externalIPs ?? []),
      ].filter(address => address !== '');
      return addresses.length === 0 ? '<pending>' : addresses.join(',');
    }
    default:
      return externalIPs && externalIPs.length > 0
        ? externalIPs.join(',')
        : '<none>';
  }
}

const slice = z.object({
  addressType: z.string(),
  endpoints: z.array(z.object({ addresses: z.array(z.string()) })).nullish(),
  ports: z
    .array(z.object({ name: z.string().nullish(), port: z.number().nullish() }))
    .nullish(),
});

const SHOWN = 3;

export const endpointSlicePrinter: KindPrinter = {
  columns: [
    NAME,
    column('AddressType'),
    column('Ports'),
    column('Endpoints'),
    column('Age'),
  ],
  row(object, nowMilliseconds) {
    const { addressType, endpoints, ports } = slice.parse(object);
    return {
      cells: [
        object.metadata.name,
        addressType,
        atMost((ports ?? []).map(portText), SHOWN, {
          separator: ',',
          none: '<unset>',
        }),
        atMost(
          (endpoints ?? []).flatMap(({ addresses }) => addresses),
          SHOWN,
          { separator: ',', none: '<unset>' },
        ),
        ageOf(object, nowMilliseconds),
      ],
    };
  },
};

function portText({
  name,
  port,
}: {
  name?: string | null;
  port?: number | null;
}): string {
  if (port) {
    return String(port);
  }
  return name ? name : '*';
}

const endpoints = z.object({
  subsets: z
    .array(
      z.object({
        addresses: z.array(z.object({ ip: z.string() })).nullish(),
        ports: z.array(z.object({ port: z.number() })).nullish(),
      }),
    )
    .nullish(),
});

export const endpointsPrinter: KindPrinter = {
  columns: [NAME, column('Endpoints'), column('Age')],
  row(object, nowMilliseconds) {
    const { subsets } = endpoints.parse(object);
    const list = (subsets ?? []).flatMap(({ addresses, ports }) =>
      (ports ?? []).length === 0
        ? (addresses ?? []).map(({ ip }) => ip)
        : (ports ?? []).flatMap(({ port }) =>
            (addresses ?? []).map(({ ip }) => `${ip}:${port}`),
          ),
    );
    return {
      cells: [
        object.metadata.name,
        atMost(list, SHOWN, { separator: ',', none: '<none>' }),
        ageOf(object, nowMilliseconds),
      ],
    };
  },
};
