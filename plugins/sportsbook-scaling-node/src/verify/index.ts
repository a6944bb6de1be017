export * from './mendingStep';
export * from './publicAddress';
export * from './verifyScaling';
