import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { autoscaledServiceValues } from './autoscaledServiceValues';
import { parseAutoscaledServiceInput } from './parseAutoscaledServiceInput';
import { InstalledSkeleton } from './Skeleton';
import { skeletonDigest } from './skeletonDigest';
import { skeletonDirectory } from './skeletonDirectory';

const ID = 'sportsbook-autoscaled-service';

/**
 * The repository of a service that scales on its request rate.
 *
 * @remarks
 * Its values are the fields of `ScalingPolicy`, and two more: `image`, by which
 * the Deployment names the published image (absent: a local tag), and
 * `repositoryUrl`, to which the catalog entry links.
 */
export const autoscaledService = autoscaledServiceIn(skeletonDirectory);

/** {@link autoscaledService} with its files in another folder. */
export function autoscaledServiceIn(
  findDirectory: () => string,
): InstalledSkeleton {
  return {
    id: ID,
    get directory() {
      return findDirectory();
    },
    parseValues(input: unknown): JsonObject {
      const parsed = parseAutoscaledServiceInput(input);
      if (!parsed.ok) {
        const list = parsed.problems
          .map(({ field, message }) => `- ${field}: ${message}`)
          .join('\n');
        throw new InputError(
          `The values for the skeleton '${ID}' cannot be used; correct these and create again, nothing was changed yet:\n${list}`,
        );
      }
      return autoscaledServiceValues({
        ...parsed.input,
        skeletonDigest: skeletonDigest(findDirectory()),
      });
    },
  };
}
