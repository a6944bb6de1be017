import type { Subject } from './Subject';
import { configMap } from './subjects/configMap';
import { deployment } from './subjects/deployment';
import { job } from './subjects/job';
import { role } from './subjects/role';
import { service } from './subjects/service';
import { widget } from './subjects/widget';

export const subjects: readonly Subject[] = [
  configMap,
  deployment,
  service,
  job,
  role,
  widget,
];
