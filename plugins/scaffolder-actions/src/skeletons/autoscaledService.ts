import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { PolicyProblem } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ConfiguredPrometheus } from '@sportsbook/plugin-sportsbook-scaling-node';
import { autoscaledServiceValues } from './autoscaledServiceValues';
import { monitoringOf } from './monitoringOf';
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

/**
 * {@link autoscaledService} with its files in another folder.
 *
 * @param options.prometheusServersOf - the servers that are configured for a
 *   cluster; default none
 * @param options.pullSecretName - Secret by which pods pull their image
 */
export function autoscaledServiceIn(
  findDirectory: () => string,
  options: {
    prometheusServersOf?: (cluster: string) => readonly ConfiguredPrometheus[];
    pullSecretName?: string;
  } = {},
): InstalledSkeleton {
  return {
    id: ID,
    get directory() {
      return findDirectory();
    },
    parseValues(input: unknown): JsonObject {
      const parsed = parseAutoscaledServiceInput(input);
      if (!parsed.ok) {
        throw refusal(parsed.problems);
      }
      const { policy } = parsed.input;
      const measured = monitoringOf(
        policy,
        options.prometheusServersOf?.(policy.cluster) ?? [],
      );
      if (!measured.ok) {
        throw refusal(measured.problems);
      }
      return autoscaledServiceValues({
        ...parsed.input,
        monitoring: measured.monitoring,
        pullSecretName: options.pullSecretName,
        skeletonDigest: skeletonDigest(findDirectory()),
      });
    },
  };
}

function refusal(problems: PolicyProblem[]): InputError {
  const list = problems
    .map(({ field, message }) => `- ${field}: ${message}`)
    .join('\n');
  return new InputError(
    `The values for the skeleton '${ID}' cannot be used; correct these and create again, nothing was changed yet:\n${list}`,
  );
}
