export * from './inspectPlatform';
