import { kindWritten } from '../kindsWritten';
import { PlanCheck } from '../PlanContext';

/**
 * Refuses objects of kinds that nobody granted: a kind may be served in another
 * scope than when it was asked for, and a caller may have asked for too little.
 */
export const checkGranted: PlanCheck = async ({ objects, granted }) => {
  const refused =
    granted === undefined
      ? []
      : objects
          .filter(({ isOfPlatform }) => !isOfPlatform)
          .map(object => ({ object, written: kindWritten(object, objects) }))
          .filter(
            ({ written }) => !granted[written.list].includes(written.kind),
          );
  return {
    covered: refused.map(({ object }) => object),
    problems: refused.map(({ object: { ref, source }, written }) => ({
      ref,
      source,
      message: `its kind '${written.kind}' was not among those that the cluster was opened for; start again, so that the kind is asked for`,
    })),
  };
};
