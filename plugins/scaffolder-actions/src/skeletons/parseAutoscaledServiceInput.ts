import {
  parseScalingPolicy,
  PolicyProblem,
  ScalingPolicy,
  scalingPolicyFields,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { GIT_HOSTS } from '../git/gitHosts';

/** What the skeleton takes besides the policy. */
const extraFields = z.object({
  /** Reference of the published image, with its digest. */
  image: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/,
      'must be an image reference such as registry.example.com/odds-api@sha256:…',
    )
    .optional(),
  /** Where people read the generated repository. */
  repositoryUrl: z
    .string()
    .url()
    .regex(/^https?:\/\//, 'must start with http:// or https://')
    .optional(),
  /**
   * Which publishing step will run; checked here, in the first step, because a
   * task without one would change the cluster and publish nothing.
   */
  gitHost: z
    .enum(GIT_HOSTS, {
      errorMap: () => ({
        message: `must be ${GIT_HOSTS.join(
          ', ',
        )}; whoever runs Backstage chooses it in scaffolder.defaultEnvironment.parameters.gitHost`,
      }),
    })
    .optional(),
});

export interface AutoscaledServiceInput {
  policy: ScalingPolicy;
  image?: string;
  repositoryUrl?: string;
}

/** The input with the policy's defaults filled in, or everything that is wrong with it. */
export function parseAutoscaledServiceInput(
  input: unknown,
):
  | { ok: true; input: AutoscaledServiceInput }
  | { ok: false; problems: PolicyProblem[] } {
  const problems = unknownFields(input);
  const policy = parseScalingPolicy(input);
  if (!policy.ok) {
    problems.push(...policy.problems);
  }
  const extra = extraFields.safeParse(input);
  if (!extra.success && typeof input === 'object' && input !== null) {
    for (const issue of extra.error.issues) {
      problems.push({ field: issue.path.join('.'), message: issue.message });
    }
  }
  if (!policy.ok || !extra.success || problems.length > 0) {
    return { ok: false, problems };
  }
  const { image, repositoryUrl } = extra.data;
  return { ok: true, input: { policy: policy.policy, image, repositoryUrl } };
}

/** A misspelt optional field would otherwise count as absent and get the default. */
function unknownFields(input: unknown): PolicyProblem[] {
  if (typeof input !== 'object' || input === null) {
    return [];
  }
  const known = [
    ...Object.keys(scalingPolicyFields.shape),
    ...Object.keys(extraFields.shape),
  ];
  return Object.keys(input)
    .filter(field => !known.includes(field))
    .map(field => ({
      field,
      message: `is not a field; there are ${known.join(', ')}`,
    }));
}
