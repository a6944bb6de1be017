import { Button } from '@backstage/ui';
import type { ScalingEvent } from '@sportsbook/plugin-sportsbook-scaling-common';
import { useState } from 'react';
import { formatMoment } from '../../model/displayFormat';
import { eventLabel, eventReplicas } from '../../model/eventLabel';
import { EventGlyph } from '../EventGlyph';
import styles from './ScalingOverview.module.css';

const SHOWN_AT_FIRST = 4;

/** What happened to the replicas, newest first. */
export function ScalingEvents(props: {
  events: ScalingEvent[];
  /** Time of the snapshot, in seconds; decides which times carry a day. */
  now: number;
}) {
  const { events, now } = props;
  const [isAllShown, setAllShown] = useState(false);
  if (events.length === 0) {
    return (
      <p className={styles.secondary}>
        Nothing happened to the replicas as far back as the cluster remembers.
      </p>
    );
  }
  const shown = isAllShown ? events : events.slice(0, SHOWN_AT_FIRST);
  return (
    <div>
      <ol className={styles.events} aria-label="Scaling events, newest first">
        {shown.map(event => (
          <li
            key={`${event.at}-${event.kind}-${event.reason}-${event.message}`}
          >
            <time dateTime={new Date(event.at * 1000).toISOString()}>
              {formatMoment(event.at, now)}
            </time>
            <svg width="14" height="14" aria-hidden="true">
              <EventGlyph kind={event.kind} cx={7} cy={7} />
            </svg>
            <span className={styles.eventText}>
              <strong>
                {[eventLabel(event.kind).label, eventReplicas(event)]
                  .filter(part => part !== undefined)
                  .join(' ')}
              </strong>{' '}
              <span title={event.reason}>{event.message}</span>
            </span>
          </li>
        ))}
      </ol>
      {events.length > SHOWN_AT_FIRST && (
        <Button
          variant="secondary"
          size="small"
          className={styles.eventsToggle}
          aria-expanded={isAllShown}
          onPress={() => setAllShown(all => !all)}
        >
          {isAllShown ? 'Fewer events' : `All ${events.length} events`}
        </Button>
      )}
    </div>
  );
}
