import { z } from 'zod/v3';

const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

const objectName = z
  .string()
  .max(253)
  .regex(DNS_SUBDOMAIN, 'must be the name of a Kubernetes object');

/** A path inside of a repository: relative, and never out of it. */
const repositoryDirectory = z
  .string()
  .regex(
    /^(?!.*(?:^|\/)\.\.(?:\/|$))[A-Za-z0-9._-][A-Za-z0-9._/-]*$/,
    "must be a folder of the repository, such as 'clusters/prod/services', without '..'",
  )
  .transform(path => path.replace(/^(?:\.\/)+|\/+$/g, ''));

const platformRepositorySchema = z
  .object({
    repoUrl: z
      .string()
      .regex(
        /^[^\s/?@]+\?\S*\brepo=/,
        "must be as publishing actions take it, such as 'github.com?owner=platform&repo=fleet'",
      ),
    branch: z.string().min(1).default('main'),
    directory: repositoryDirectory,
    by: z.enum(['pullRequest', 'push']).default('pullRequest'),
    waitForMergeSeconds: z.number().int().min(0).max(3600).default(0),
  })
  .strict();

/** Of Flux and Argo CD alike. */
const gitOpsFields = {
  register: z.enum(['repository', 'cluster']).default('repository'),
  repository: platformRepositorySchema.optional(),
  gitBaseUrl: z
    .string()
    .regex(
      /^(?:https?:\/\/[^\s/@?#]+|ssh:\/\/(?:[^\s/@:?#]+@)?[^\s/@?#]+)(?:\/[^\s?#]*)?$/,
      'must begin with https://, http:// or ssh://, and hold no password',
    )
    .transform(url => url.replace(/\/+$/, ''))
    .optional(),
};

const fluxSchema = z
  .object({
    type: z.literal('flux'),
    ...gitOpsFields,
    namespace: objectName.optional(),
    serviceAccountName: objectName,
    gitSecretName: objectName.optional(),
    intervalSeconds: z.number().int().min(5).max(86_400).default(60),
    healthTimeoutSeconds: z.number().int().min(10).max(3600).default(300),
  })
  .strict();

const argoSchema = z
  .object({
    type: z.literal('argocd'),
    ...gitOpsFields,
    namespace: objectName.default('argocd'),
    project: objectName,
    destination: z
      .union([
        z.object({ server: z.string().url() }).strict(),
        z.object({ name: z.string().min(1) }).strict(),
      ])
      .default({ server: 'https://kubernetes.default.svc' }),
    controlCluster: z.string().min(1).optional(),
  })
  .strict();

/** The value of `sportsbookScaling.clusters[].delivery`; a word stands for its settings. */
export const deliverySchema = z.preprocess(
  value => (typeof value === 'string' ? { type: value } : value),
  z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('apply') }).strict(),
      z.object({ type: z.literal('none') }).strict(),
      fluxSchema,
      argoSchema,
    ])
    .superRefine((delivery, context) => {
      if (
        'register' in delivery &&
        (delivery.register === 'repository') !==
          (delivery.repository !== undefined)
      ) {
        context.addIssue({
          code: z.ZodIssueCode.custom,
          path: ['repository'],
          message:
            delivery.register === 'repository'
              ? "is missing: name the platform's repository, or set register to 'cluster'"
              : "is not used with register: cluster; set register to 'repository', or leave it out",
        });
      }
    })
    .default({ type: 'apply' }),
);

/** How a service gets onto a cluster. */
export type DeliverySetting = z.output<typeof deliverySchema>;
/** Objects of Flux, which applies the service's repository. */
export type FluxDelivery = z.output<typeof fluxSchema>;
/** An Application of Argo CD, which applies the service's repository. */
export type ArgoDelivery = z.output<typeof argoSchema>;
/** Delivery by a controller that reads the service's repository. */
export type GitOpsDelivery = FluxDelivery | ArgoDelivery;
/** The platform's repository, which says what runs on a cluster. */
export type PlatformRepository = z.output<typeof platformRepositorySchema>;

/** What Backstage does itself, where nothing is configured. */
export const DIRECT_DELIVERY: DeliverySetting = { type: 'apply' };

/** Whether a controller other than Backstage applies the service's repository. */
export function isGitOps(
  delivery: DeliverySetting,
): delivery is GitOpsDelivery {
  return delivery.type === 'flux' || delivery.type === 'argocd';
}

/** What people call whoever delivers. */
export const DELIVERER: Record<DeliverySetting['type'], string> = {
  apply: 'Backstage',
  flux: 'Flux',
  argocd: 'Argo CD',
  none: 'its own people',
};
