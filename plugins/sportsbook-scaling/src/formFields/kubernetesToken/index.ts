export { kubernetesTokenFormField } from './kubernetesTokenFormField';
