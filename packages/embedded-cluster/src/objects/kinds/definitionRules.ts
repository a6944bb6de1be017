import { validateDefinition } from '../definitions/validateDefinition';
import type { KindRules } from './KindRules';
import { shaped } from './shaped';

export interface DefinitionFields {
  spec?: {
    group?: string;
    scope?: string;
    names?: {
      plural?: string;
      singular?: string;
      kind?: string;
      listKind?: string;
      shortNames?: string[];
      categories?: string[];
    };
    versions?: {
      name?: string;
      served?: boolean;
      storage?: boolean;
      schema?: { openAPIV3Schema?: Record<string, unknown> };
      subresources?: Record<string, unknown>;
    }[];
    conversion?: { strategy?: string };
  };
  status?: {
    conditions?: DefinitionCondition[] | null;
    acceptedNames?: Record<string, unknown>;
    storedVersions?: string[];
  };
}

export interface DefinitionCondition {
  type: string;
  status: string;
  lastTransitionTime: string;
  reason: string;
  message: string;
}

export const definitionRules: KindRules = {
  generation: 'spec',
  unconditionalUpdate: false,
  validate: validateDefinition,
  validateUpdate: (object, old, errors) => {
    const { spec = {} } = shaped<DefinitionFields>(object);
    const { spec: before = {} } = shaped<DefinitionFields>(old);
    if (spec.group !== before.group) {
      errors.invalid('spec.group', spec.group, 'field is immutable');
    }
    if (spec.scope !== before.scope) {
      errors.invalid('spec.scope', spec.scope, 'field is immutable');
    }
  },
  prepareCreate: object => {
    const { spec } = shaped<DefinitionFields>(object);
    const stored = spec?.versions?.find(version => version.storage)?.name;
    object.status = {
      conditions: null,
      acceptedNames: { plural: '', kind: '' },
      storedVersions: stored === undefined ? [] : [stored],
    };
  },
  defaults: object => {
    const { spec } = shaped<DefinitionFields>(object);
    if (!spec) {
      return;
    }
    const { names } = spec;
    if (names?.kind) {
      names.singular ??= names.kind.toLowerCase();
      names.listKind ??= `${names.kind}List`;
    }
    spec.conversion ??= { strategy: 'None' };
  },
};
