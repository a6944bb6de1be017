export * from './publicAddress';
export * from './ScalingLink';
export * from './verifyScaling';
