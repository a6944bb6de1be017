export * from './waitForObjects';
