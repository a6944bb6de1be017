export { serviceNameFormField } from './serviceNameFormField';
