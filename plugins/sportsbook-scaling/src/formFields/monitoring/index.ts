export { monitoringFormField } from './monitoringFormField';
export { prometheusAddressFormField } from './prometheusAddressFormField';
export { prometheusFormField } from './prometheusFormField';
