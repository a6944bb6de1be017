export * from './runScenario';
export * from './Scenario';
export * from './scenarios';
