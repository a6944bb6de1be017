export * from './planRemoval';
export * from './removePlatform';
