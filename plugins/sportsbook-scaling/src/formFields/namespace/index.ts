export { namespaceFormField } from './namespaceFormField';
