import { Config } from '@backstage/config';
import { z } from 'zod/v3';
import { ConfiguredPrometheus } from '../model/ConfiguredPrometheus';
import {
  deliverySchema,
  DeliverySetting,
  DIRECT_DELIVERY,
} from './deliverySettings';
import { monitoringSchema } from './monitoringSettings';
import { NamespaceCreation, namespacesSchema } from './namespaceSettings';
import { parseConfigSection } from './parseConfigSection';

const clusterSchema = z
  .object({
    name: z.string().min(1),
    nodeAddress: z
      .string()
      .regex(
        /^[A-Za-z0-9.:_-]+$/,
        'must be a host name or an IP address, without scheme and port',
      )
      .optional(),
    access: z.enum(['sharedAccount', 'userToken']).default('sharedAccount'),
    snapshotAccess: z.enum(['sharedAccount', 'none']).optional(),
    namespaces: namespacesSchema,
    delivery: deliverySchema,
    prometheus: monitoringSchema,
  })
  .strict();

/** What is configured for one cluster. */
export interface ClusterSetting {
  /** Where people's browsers reach node ports; undefined: what the node's status says. */
  nodeAddress: string | undefined;
  /** Whether the cluster is asked with its configured credential or with the user's own token. */
  access: 'sharedAccount' | 'userToken';
  /** Whether scaling is looked at with the cluster's configured credential, or not at all. */
  snapshotAccess: 'sharedAccount' | 'none';
  /** How absent namespaces are made; undefined: only existing ones are used. */
  namespaceCreation?: NamespaceCreation;
  /** How services get onto it. */
  delivery: DeliverySetting;
  /** Prometheus servers that the configuration describes, or adds to. */
  prometheus: readonly ConfiguredPrometheus[];
}

/** The optional list `sportsbookScaling.clusters`. */
export class ClusterSettings {
  private constructor(
    private readonly clusters: ReadonlyMap<string, ClusterSetting>,
  ) {}

  /** @throws InputError that lists every problem of `sportsbookScaling.clusters`. */
  static fromConfig(config: Config): ClusterSettings {
    const clusters = parseConfigSection(
      config,
      'sportsbookScaling.clusters',
      z
        .array(clusterSchema)
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
        }),
    );
    return new ClusterSettings(
      new Map(
        clusters.map(
          ({
            name,
            nodeAddress,
            access,
            snapshotAccess,
            namespaces,
            delivery,
            prometheus,
          }) => [
            name,
            {
              nodeAddress,
              access,
              namespaceCreation: namespaces,
              delivery,
              prometheus,
              snapshotAccess:
                snapshotAccess ??
                (access === 'userToken' ? 'none' : 'sharedAccount'),
            },
          ],
        ),
      ),
    );
  }

  /** Defaults where the cluster is not listed; whether it exists is not known here. */
  for(cluster: string): ClusterSetting {
    return (
      this.clusters.get(cluster) ?? {
        nodeAddress: undefined,
        access: 'sharedAccount',
        snapshotAccess: 'sharedAccount',
        delivery: DIRECT_DELIVERY,
        prometheus: [],
      }
    );
  }

  /** All that is configured of Prometheus servers, by cluster. */
  configuredPrometheus(): ReadonlyMap<string, readonly ConfiguredPrometheus[]> {
    return new Map(
      [...this.clusters].map(([name, { prometheus }]) => [name, prometheus]),
    );
  }
}
