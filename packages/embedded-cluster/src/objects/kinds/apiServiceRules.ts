import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { dns1035Label, pathSegment } from '../validating/names';
import type { KindRules } from './KindRules';
import { shaped } from './shaped';

interface ApiServiceFields {
  metadata: KubernetesObject['metadata'];
  spec?: {
    group?: string;
    version?: string;
    groupPriorityMinimum?: number;
    versionPriority?: number;
    service?: { port?: number };
  };
}

const HTTPS_PORT = 443;
const MAX_GROUP_PRIORITY = 20_000;
const MAX_VERSION_PRIORITY = 1_000;

export const apiServiceRules: KindRules = {
  // The core group's is named `v1.`.
  nameRule: pathSegment,
  unconditionalUpdate: false,
  defaults: object => {
    const { spec } = shaped<ApiServiceFields>(object);
    if (spec?.service) {
      spec.service.port ??= HTTPS_PORT;
    }
  },
  prepareCreate: object => {
    object.status = {};
  },
  validate: (object, errors) => {
    const { metadata, spec = {} } = shaped<ApiServiceFields>(object);
    const { group = '', version = '' } = spec;
    const { groupPriorityMinimum = 0, versionPriority = 0 } = spec;
    if (metadata.name !== `${version}.${group}`) {
      errors.invalid(
        'metadata.name',
        metadata.name,
        `must be \`spec.version+"."+spec.group\`: ${JSON.stringify(
          `${version}.${group}`,
        )}`,
      );
    }
    if (group === '' && version !== 'v1') {
      errors.required(
        'spec.group',
        'only v1 may have an empty group and it better be legacy kube',
      );
    }
    for (const problem of dns1035Label(version)) {
      errors.invalid('spec.version', version, problem);
    }
    if (
      groupPriorityMinimum <= 0 ||
      groupPriorityMinimum > MAX_GROUP_PRIORITY
    ) {
      errors.invalid(
        'spec.groupPriorityMinimum',
        groupPriorityMinimum,
        'must be positive and less than 20000',
      );
    }
    if (versionPriority <= 0 || versionPriority > MAX_VERSION_PRIORITY) {
      errors.invalid(
        'spec.versionPriority',
        versionPriority,
        'must be positive and less than 1000',
      );
    }
  },
};
