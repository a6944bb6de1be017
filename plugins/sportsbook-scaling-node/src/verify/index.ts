export * from './publicAddress';
export * from './verifyScaling';
