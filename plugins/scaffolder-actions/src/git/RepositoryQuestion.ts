/** What has to be asked of a Git host to know whether a repository can be made. */
export interface RepositoryQuestion {
  /** Answers 404 where the name is free. */
  repositoryUrl: string;
  /** Answers 200 where there is somebody who can own it. */
  ownerUrl: string;
  /** What the host calls its owners, such as `organization`. */
  ownerNoun: string;
  /** With the credentials of `integrations`. */
  headers: Record<string, string>;
}
