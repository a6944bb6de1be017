export type { StatusChange } from './WaitLedger';
export * from './waitForObjects';
