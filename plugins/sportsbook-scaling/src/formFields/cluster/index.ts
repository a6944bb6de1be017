export { clusterFormField } from './clusterFormField';
