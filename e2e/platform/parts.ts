import { argoDelivery } from './argoDelivery';
import { byHand } from './byHand';
import { existingMonitoring } from './existingMonitoring';
import { fluxDelivery } from './fluxDelivery';
import { leastRights } from './leastRights';
import type { PlatformPart } from './PlatformPart';
import { restartsUnderLoad } from './restartsUnderLoad';
import { scalingPlatform } from './scalingPlatform';
import { tenancy } from './tenancy';

/** In the order in which they are proved; the last one takes the platform away. */
export const parts: PlatformPart[] = [
  fluxDelivery,
  argoDelivery,
  byHand,
  leastRights,
  existingMonitoring,
  tenancy,
  restartsUnderLoad,
  scalingPlatform,
];
