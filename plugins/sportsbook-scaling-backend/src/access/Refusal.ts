/** Why a viewer is shown nothing, in words for the viewer. */
export interface Refusal {
  /** One sentence, with its full stop. */
  reason: string;
  /** What to do about it. */
  nextStep: string;
}
