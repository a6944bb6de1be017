import { ScenarioContext } from './ScenarioContext';

/** A behaviour of the engine, told on a cluster. */
export interface Scenario {
  /** A sentence that says the behaviour. */
  title: string;
  /** Rejects where the cluster or the engine behaves otherwise. */
  run(context: ScenarioContext): Promise<void>;
}
