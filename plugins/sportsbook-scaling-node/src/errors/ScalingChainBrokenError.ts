import { CustomErrorBase } from '@backstage/errors';
import {
  ScalingLink,
  ScalingLinkId,
  SCALING_LINKS,
} from '../model/ScalingLink';

/** Errors that are reasons end in a full stop of their own. */
function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}

/** A service does not scale: the first broken link between its pods and its autoscaler. */
export class ScalingChainBrokenError extends CustomErrorBase {
  name = 'ScalingChainBrokenError' as const;
  readonly link: ScalingLinkId;
  readonly reason: string;
  readonly nextStep: string;
  /** Links before the broken one. */
  readonly held: ScalingLink[];

  constructor(
    subject: string,
    broken: {
      link: ScalingLinkId;
      reason: string;
      nextStep: string;
      afterSeconds: number;
    },
    held: ScalingLink[],
  ) {
    const { link, reason, nextStep, afterSeconds } = broken;
    super(
      `${subject} does not scale yet after ${Math.round(
        afterSeconds,
      )} s. First broken link: ${SCALING_LINKS[link]} – ${withoutStop(
        reason,
      )}. Next step: ${withoutStop(nextStep)}.`,
    );
    this.link = link;
    this.reason = reason;
    this.nextStep = nextStep;
    this.held = held;
  }
}
