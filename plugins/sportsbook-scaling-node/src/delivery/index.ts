export * from './assertDirectDelivery';
export * from './DeliveredService';
export * from './deliveredStatus';
export * from './handOverCommands';
export * from './readOnlyClient';
export * from './registrationOf';
export * from './waitForDelivery';
