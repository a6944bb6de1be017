import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { ScalingNotice } from '../ScalingNotice';
import styles from './EntityScalingCard.module.css';

/** The entity does not say where its service runs. */
export function MissingAnnotations(props: {
  entity: Entity;
  missing: string[];
}) {
  const { entity, missing } = props;
  return (
    <ScalingNotice
      status="info"
      title="This entity does not say where its service runs"
      nextStep="Add what is missing to its catalog-info.yaml; the card appears with the catalog's next refresh."
    >
      {missing.length === 1
        ? `An annotation of ${stringifyEntityRef(entity)} is missing:`
        : `${missing.length} annotations of ${stringifyEntityRef(
            entity,
          )} are missing:`}
      <ul className={styles.annotations}>
        {missing.map(name => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </ScalingNotice>
  );
}
