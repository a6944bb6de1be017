export { maxReplicasFormField } from './maxReplicasFormField';
