import type { PrometheusChoice } from '@sportsbook/plugin-sportsbook-scaling-common';
import styles from './RefusingServers.module.css';

/** Servers of the cluster that will not scrape the service, each with the reason. */
export function RefusingServers(props: { servers: PrometheusChoice[] }) {
  const { servers } = props;
  return servers.length === 0 ? null : (
    <details className={styles.details}>
      <summary>
        {servers.length === 1
          ? 'One server cannot be used here'
          : `${servers.length} servers cannot be used here`}
      </summary>
      <dl className={styles.list}>
        {servers.map(({ name, reason }) => (
          <div key={name}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.reason}>{reason}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
