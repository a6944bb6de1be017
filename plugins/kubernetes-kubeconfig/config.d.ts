export interface Config {
  /**
   * Clusters of the kubernetes plugin that come from a kubeconfig, beside those
   * of `kubernetes.clusterLocatorMethods`.
   */
  kubernetesKubeconfig?: {
    /**
     * Path of the kubeconfig. Default: the files of the environment variable
     * KUBECONFIG, else `~/.kube/config`.
     */
    path?: string;
    /**
     * Names of the contexts that become clusters of the same name. No other
     * context is used, the file's current one neither. Default: none.
     */
    contexts?: string[];
  };
}
