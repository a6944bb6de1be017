import {
  labelsSchema,
  PROMETHEUS_ADDRESS_PATTERN,
  PROMETHEUS_SERVER_PATTERN,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import {
  ANY_NAMESPACE,
  ConfiguredPrometheus,
} from '../model/ConfiguredPrometheus';

/** RFC 9110's tokens. */
const HEADER_NAME = /^[A-Za-z0-9!#$&'*+.^_`|~-]+$/;
/**
 * KEDA takes headers as one text, `name=value,name=value`, so that neither a
 * comma nor an equals sign can stand in one.
 */
const HEADER_VALUE = /^[A-Za-z0-9._|:@/+-]+$/;
/** Headers that carry credentials, which belong into a TriggerAuthentication. */
const SECRET_HEADER = /^(proxy-)?authorization$|^cookie$/i;
/** Headers that an API server or a proxy on the way takes for its own. */
const RESERVED_HEADER =
  /^(impersonate-.*|backstage-.*|x-forwarded-.*|x-remote-.*|host|connection|upgrade|te|content-length|transfer-encoding|accept-encoding)$/i;
const QUERY_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const OBJECT_NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

const headers = z.record(
  z
    .string()
    .regex(HEADER_NAME, 'must be the name of an HTTP header')
    .refine(
      name => !SECRET_HEADER.test(name),
      'carries credentials, which everybody could read in the ScaledObject; use triggerAuthentication',
    )
    .refine(
      name => !RESERVED_HEADER.test(name),
      'is taken by what stands between Backstage and the server; choose another one',
    ),
  z
    .string()
    .regex(HEADER_VALUE, 'must consist of letters, digits and ._|:@/+-'),
);

const serverSchema = z
  .object({
    name: z
      .string()
      .regex(
        PROMETHEUS_SERVER_PATTERN,
        'must be a name of lower-case letters, digits and dashes, or the namespace and name of a Prometheus object such as monitoring/k8s',
      ),
    address: z
      .string()
      .max(253)
      .regex(
        PROMETHEUS_ADDRESS_PATTERN,
        'must be an address such as http://thanos-query.monitoring.svc:9090, without credentials',
      )
      .optional(),
    serviceMonitorLabels: labelsSchema.default({}),
    namespaces: z.array(z.string().min(1)).min(1).default([ANY_NAMESPACE]),
    headers: headers.default({}),
    triggerAuthentication: z
      .object({
        name: z
          .string()
          .regex(OBJECT_NAME, 'must be the name of an object of this kind'),
        kind: z
          .enum(['TriggerAuthentication', 'ClusterTriggerAuthentication'])
          .default('TriggerAuthentication'),
        modes: z.array(z.enum(['bearer', 'basic', 'tls', 'custom'])).min(1),
      })
      .strict()
      .optional(),
    queryLabels: z
      .record(
        z.string().regex(QUERY_LABEL, 'must be the name of a PromQL label'),
        z.string(),
      )
      .default({}),
    hastenReload: z.boolean().default(false),
  })
  .strict()
  .superRefine(
    ({ name, address, hastenReload, serviceMonitorLabels }, context) => {
      const refuse = (path: string, message: string) =>
        context.addIssue({
          code: z.ZodIssueCode.custom,
          path: [path],
          message,
        });
      const isObject = name.includes('/');
      if (address === undefined && !isObject) {
        refuse(
          'address',
          'is missing; only a Prometheus object, named as namespace/name, says itself where it is asked',
        );
      }
      if (hastenReload && !isObject) {
        refuse(
          'hastenReload',
          'is possible only where name is the namespace and name of a Prometheus object, whose pods are then annotated',
        );
      }
      if (isObject && Object.keys(serviceMonitorLabels).length > 0) {
        refuse(
          'serviceMonitorLabels',
          'is what the Prometheus object of this name says itself; leave it out',
        );
      }
    },
  );

/** The value of `sportsbookScaling.clusters[].prometheus`. */
export const monitoringSchema = z
  .array(serverSchema)
  .default([])
  .superRefine((list, context) => {
    list.forEach(({ name }, index) => {
      if (list.findIndex(other => other.name === name) !== index) {
        context.addIssue({
          code: z.ZodIssueCode.custom,
          path: [index, 'name'],
          message: `'${name}' is listed twice`,
        });
      }
    });
  })
  .transform((list): ConfiguredPrometheus[] =>
    list.map(({ address, triggerAuthentication, ...rest }) => ({
      ...rest,
      address,
      triggerAuthentication,
    })),
  );
