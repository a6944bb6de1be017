import type { KubeConfig } from '@kubernetes/client-node';

/** An API server of the contract, and how the two ways to it are told of it. */
export interface ContractServer {
  /** As an entry of Backstage's `clusters` names it. */
  configured: { url: string; caData?: string; serviceAccountToken: string };
  kubeConfig: KubeConfig;
  /** Of the kubeconfig. */
  context: string;
  stop(): Promise<void>;
}
