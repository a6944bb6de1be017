/** A service whose repository has been published, for somebody else to apply. */
export interface DeliveredService {
  /** Of the service. */
  name: string;
  /** That its objects are in. */
  namespace: string;
  /** Clone address of its repository, as Backstage published it. */
  repositoryUrl: string;
  /** Branch that is followed. */
  branch: string;
  /** Folder of its manifests in the repository, such as `k8s`. */
  path: string;
}
