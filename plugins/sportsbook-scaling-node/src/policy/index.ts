export * from './ApplyPolicy';
export { coversNamespace } from './applyRule';
export * from './ClusterSettings';
export {
  DELIVERER,
  isGitOps,
  type ArgoDelivery,
  type DeliverySetting,
  type FluxDelivery,
  type GitOpsDelivery,
  type PlatformRepository,
} from './deliverySettings';
export * from './namespaceObjects';
export {
  namespaceNameProblem,
  type NamespaceCreation,
} from './namespaceSettings';
export * from './parseConfigSection';
export * from './prometheusSettings';
