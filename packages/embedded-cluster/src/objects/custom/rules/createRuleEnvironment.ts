import type { Environment } from '@marcbachmann/cel-js';
import type { CelLibrary } from './CelLibrary';
import { registerAddressFunctions } from './functions/addressFunctions';
import { registerFormatFunctions } from './functions/formatFunctions';
import { registerGoFunctions } from './functions/goFunctions';
import { registerListFunctions } from './functions/listFunctions';
import { registerQuantityFunctions } from './functions/quantityFunctions';
import type { Refuse } from './functions/Refuse';
import { registerSetFunctions } from './functions/setFunctions';
import { registerTextFunctions } from './functions/textFunctions';
import { registerTimeFunctions } from './functions/timeFunctions';
import { registerUrlFunctions } from './functions/urlFunctions';

/**
 * What all rules can use, whatever their place: the functions of CEL and those
 * that Kubernetes adds (https://kubernetes.io/docs/reference/using-api/cel/).
 * Variables are declared in clones of it.
 */
export function createRuleEnvironment(cel: CelLibrary): Environment {
  const refuse: Refuse = why =>
    new cel.EvaluationError({ code: 'function_failed', message: why });
  const environment = new cel.Environment({
    enableOptionalTypes: true,
    // Where literals must be of one type is told apart by `findStricter`.
    homogeneousAggregateLiterals: false,
  });
  registerListFunctions(environment, refuse);
  registerSetFunctions(environment);
  registerTextFunctions(environment, refuse);
  registerGoFunctions(environment, refuse);
  registerTimeFunctions(environment, cel);
  registerUrlFunctions(environment, refuse);
  registerQuantityFunctions(environment, refuse);
  registerAddressFunctions(environment, refuse);
  registerFormatFunctions(environment, cel);
  return environment;
}

/**
 * Functions and macros that a real server has and this one does not: a
 * definition that uses one is refused with 501, not as if it were wrong.
 */
export const FUNCTIONS_NOT_HERE: ReadonlySet<string> = new Set([
  'distinct',
  'isSemver',
  'lists',
  'ofNonZeroValue',
  'optFlatMap',
  'optMap',
  'range',
  'semver',
  'sortBy',
  'transformList',
  'transformMap',
  'transformMapEntry',
]);
