import { FieldSet } from './FieldSet';
import { fieldElement } from './pathElement';

/** What every object has and the server itself sets: never in managedFields. */
export const strippedFields: FieldSet = FieldSet.of(
  ...[
    ['apiVersion'],
    ['kind'],
    ['metadata'],
    ['metadata', 'name'],
    ['metadata', 'namespace'],
    ['metadata', 'creationTimestamp'],
    ['metadata', 'selfLink'],
    ['metadata', 'uid'],
    ['metadata', 'clusterName'],
    ['metadata', 'generation'],
    ['metadata', 'managedFields'],
    ['metadata', 'resourceVersion'],
  ].map(path => path.map(fieldElement)),
);
