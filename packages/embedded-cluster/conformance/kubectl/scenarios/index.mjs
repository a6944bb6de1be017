import { access } from './access.mjs';
import { autoscaling } from './autoscaling.mjs';
import { configuration } from './configuration.mjs';
import { definitions } from './definitions.mjs';
import { deployments } from './deployments.mjs';
import { discovery } from './discovery.mjs';
import { errors } from './errors.mjs';
import { jobs } from './jobs.mjs';
import { namespaces } from './namespaces.mjs';
import { nodes } from './nodes.mjs';
import { pods } from './pods.mjs';
import { serverSideApply } from './serverSideApply.mjs';
import { services } from './services.mjs';
import { settings } from './settings.mjs';
import { watching } from './watching.mjs';

/** The longest first, so that none of them is left alone at the end. */
export const scenarios = [
  autoscaling,
  deployments,
  pods,
  jobs,
  services,
  watching,
  namespaces,
  definitions,
  errors,
  settings,
  configuration,
  access,
  serverSideApply,
  discovery,
  nodes,
];
