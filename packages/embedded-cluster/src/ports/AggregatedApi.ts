import type { UserInfo } from '../model/UserInfo';

/** A group and version that another server answers behind an APIService, such as KEDA's external metrics. */
export interface AggregatedApi {
  group: string;
  version: string;
  /** `APIResourceList.resources` of its discovery document. */
  resources(): {
    name: string;
    singularName: string;
    namespaced: boolean;
    kind: string;
    verbs: string[];
  }[];
  /**
   * @param path - below `/apis/<group>/<version>`, decoded, without a slash at its start
   * @throws StatusError
   */
  get(
    path: string,
    query: URLSearchParams,
    context: { user: UserInfo; signal: AbortSignal },
  ): Promise<unknown>;
}
