import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ClusterChoices,
  NamespaceChoices,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/** Reads what the signed-in user may choose in the form of a template. */
export interface FormChoicesApi {
  /**
   * The clusters that he may create on.
   *
   * @throws ResponseError when the backend answers with an error
   */
  getClusters(options?: {
    /** Entity ref of the template; default: any. */
    templateRef?: string;
    signal?: AbortSignal;
  }): Promise<ClusterChoices>;

  /**
   * The namespaces of a cluster that he may create in.
   *
   * @throws ResponseError with 403 where he may create nothing there
   */
  getNamespaces(
    cluster: string,
    options?: {
      templateRef?: string;
      /** His own Kubernetes token, where the cluster is reached with it. */
      userToken?: string;
      signal?: AbortSignal;
    },
  ): Promise<NamespaceChoices>;
}

/** The {@link FormChoicesApi} of the app. */
export const formChoicesApiRef = createApiRef<FormChoicesApi>().with({
  id: 'plugin.sportsbook-scaling.form-choices',
  pluginId: 'sportsbook-scaling',
});
