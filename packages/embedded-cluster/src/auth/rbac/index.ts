export { createAuthorizer, type RbacAuthorizer } from './createAuthorizer';
export { createEscalationGuard } from './createEscalationGuard';
export { createClusterRoleAggregation } from './createClusterRoleAggregation';
