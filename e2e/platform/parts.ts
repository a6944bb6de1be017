import { argoDelivery } from './argoDelivery';
import { byHand } from './byHand';
import { credentials } from './credentials';
import { existingMonitoring } from './existingMonitoring';
import { fluxDelivery } from './fluxDelivery';
import { leastRights } from './leastRights';
import type { PlatformPart } from './PlatformPart';
import { restartsUnderLoad } from './restartsUnderLoad';
import { scalingPlatform } from './scalingPlatform';
import { tenancy } from './tenancy';
import { upgradesUnderLoad } from './upgradesUnderLoad';

/** In the order in which they are proved; the last one takes the platform away. */
export const parts: PlatformPart[] = [
  fluxDelivery,
  argoDelivery,
  byHand,
  leastRights,
  existingMonitoring,
  credentials,
  tenancy,
  restartsUnderLoad,
  upgradesUnderLoad,
  scalingPlatform,
];
