import type { Clock } from '../../model/Clock';
import type { ResourceType } from '../../model/ResourceType';
import type { Admission } from '../../ports/Admission';
import type { CustomKinds } from '../custom/CustomKinds';
import type { KindRules } from '../kinds/KindRules';
import type { ObjectStore } from '../store/ObjectStore';
import type { TypeRegistry } from '../types/TypeRegistry';

/** What the steps of a write share. */
export interface Machinery {
  store: ObjectStore;
  types: TypeRegistry;
  clock: Clock;
  custom: CustomKinds;
  rulesOf(type: ResourceType): KindRules;
  /** Asked in order; each may refuse. */
  admissions: Admission[];
}
