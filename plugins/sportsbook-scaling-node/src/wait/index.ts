export * from './BlockedObject';
export * from './waitForObjects';
