import { stringifyEntityRef } from '@backstage/catalog-model';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { Button } from '@backstage/ui';
import { scalingTargetOf } from '@sportsbook/plugin-sportsbook-scaling-common';
import { useState } from 'react';
import { SWRConfig } from 'swr';
import { useScalingSnapshot } from '../../hooks';
import { MissingAnnotations } from './MissingAnnotations';
import { ScalingCardBody } from './ScalingCardBody';
import styles from './EntityScalingCard.module.css';

/**
 * How the entity's service scales: request rate, replicas and why.
 *
 * Stands below an entity provider.
 */
export function EntityScalingCard() {
  return (
    // A cache of its own, so that an aborted question is nobody else's, and
    // nothing that one user saw outlives the card.
    <SWRConfig value={{ provider: () => new Map() }}>
      <CardOfEntity />
    </SWRConfig>
  );
}

function CardOfEntity() {
  const { entity } = useEntity();
  const target = scalingTargetOf(entity);
  const state = useScalingSnapshot(
    target.ok ? stringifyEntityRef(entity) : undefined,
  );
  const [isRefreshing, setRefreshing] = useState(false);

  const refresh = async () => {
    setRefreshing(true);
    try {
      await state.refresh();
    } finally {
      setRefreshing(false);
    }
  };

  if (!target.ok) {
    return (
      <EntityInfoCard title="Scaling">
        <MissingAnnotations entity={entity} missing={target.missing} />
      </EntityInfoCard>
    );
  }
  return (
    <EntityInfoCard
      title="Scaling"
      headerActions={
        <Button
          variant="secondary"
          size="small"
          isPending={isRefreshing}
          onPress={refresh}
        >
          Refresh
        </Button>
      }
    >
      <div className={styles.body}>
        <ScalingCardBody state={state} />
      </div>
    </EntityInfoCard>
  );
}
