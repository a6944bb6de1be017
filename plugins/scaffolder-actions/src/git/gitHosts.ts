/**
 * Git hosts for which the template has a publishing step, by the names that
 * they have below `integrations` in Backstage's configuration.
 */
export const GIT_HOSTS = [
  'gitea',
  'github',
  'gitlab',
  'bitbucketCloud',
  'bitbucketServer',
] as const;

export type GitHost = (typeof GIT_HOSTS)[number];
