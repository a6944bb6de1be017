import type { Monitoring } from '@sportsbook/plugin-sportsbook-scaling-common';
import { useEffect, useRef } from 'react';
import { z } from 'zod/v3';
import { monitoringAdvice, proposedServer } from '../../model/monitoringAdvice';
import { formDataOf } from '../formValues';
import type { MonitoringFieldProps } from './monitoringFieldSchema';
import { MonitoringRadios } from './MonitoringRadios';
import {
  PrometheusServersState,
  usePrometheusServers,
} from './usePrometheusServers';

/** Answers that only make sense beside a Prometheus of one's own. */
const ownAnswersSchema = z.object({ prometheusNodePort: z.number() });

function adviceOf(state: PrometheusServersState): string {
  switch (state.status) {
    case 'incomplete':
      return 'Once cluster and namespace are chosen, this proposes what is there.';
    case 'loading':
      return 'Asking the cluster for its Prometheus servers …';
    case 'failed':
      return `The servers of the cluster cannot be listed: ${state.error.message}`;
    default:
      return monitoringAdvice(state.choices);
  }
}

/** What is proposed; undefined while that is not known. */
function proposalOf(state: PrometheusServersState): Monitoring | undefined {
  switch (state.status) {
    case 'ready':
      return proposedServer(state.choices) === undefined ? 'own' : 'existing';
    case 'failed':
      return 'own';
    default:
      return undefined;
  }
}

/**
 * Chooses who measures the service: proposes a server that is there where one
 * will scrape it, and leaves what a person chose.
 */
export function MonitoringField(props: MonitoringFieldProps) {
  const { formData, onChange, schema, uiSchema, formContext } = props;
  const all = formDataOf(formContext);
  const { state } = usePrometheusServers(all);
  // A value from before the field was shown was somebody's choice.
  const isChosen = useRef(formData !== undefined);
  const proposal = proposalOf(state);
  const mayPropose =
    !isChosen.current && !ownAnswersSchema.safeParse(all).success;

  useEffect(() => {
    if (formData === undefined) {
      onChange('own');
    } else if (mayPropose && proposal !== undefined && proposal !== formData) {
      onChange(proposal);
    }
  }, [formData, mayPropose, onChange, proposal]);

  return (
    <MonitoringRadios
      field={props}
      description={`${
        uiSchema['ui:description'] ?? schema.description ?? ''
      } ${adviceOf(state)}`.trim()}
      onChoose={value => {
        isChosen.current = true;
        onChange(value);
      }}
    />
  );
}
