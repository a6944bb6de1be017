import { useScaffolderTheme } from '@backstage/plugin-scaffolder-react/alpha';
import { Select } from '@backstage/ui';
import MuiTextField from '@material-ui/core/TextField';
import { serverAdvice, UsableServer } from '../../model/monitoringAdvice';
import { useErrorColor } from '../useErrorColor';
import type { PrometheusFieldProps } from './prometheusFieldSchema';

/** No name of a server: these hold no blank. */
const ANOTHER = 'another server';

export interface PrometheusSelectProps {
  field: PrometheusFieldProps;
  servers: UsableServer[];
  isLoading: boolean;
  /** Whether cluster or namespace are still to be chosen. */
  isIncomplete: boolean;
  /** Whether the chosen server will not scrape the service. */
  isRefused: boolean;
  /** Whether an address is given instead. */
  wantsAnother: boolean;
  /** Undefined: one that is not in the list. */
  onChoose: (server: UsableServer | undefined) => void;
}

function adviceOf(props: PrometheusSelectProps): string {
  const { field, servers, isLoading, isIncomplete, isRefused } = props;
  const { formData, schema, uiSchema } = field;
  if (isIncomplete) {
    return 'Choose cluster and namespace first.';
  }
  if (isLoading) {
    return 'Asking the cluster for its Prometheus servers …';
  }
  if (isRefused) {
    return `${formData?.name} will not scrape a service of this namespace. Choose another one.`;
  }
  const chosen = servers.find(({ name }) => name === formData?.name);
  if (chosen !== undefined) {
    return serverAdvice(chosen);
  }
  return formData === undefined
    ? uiSchema['ui:description'] ?? schema.description ?? ''
    : `The cluster has no server '${formData.name}'. Choose another one.`;
}

/** The select in the look of the form around it, with the reason for the chosen server below. */
export function PrometheusSelect(props: PrometheusSelectProps) {
  const { field, servers, isLoading, isIncomplete, wantsAnother, onChoose } =
    props;
  const { formData, rawErrors, disabled, idSchema, schema, uiSchema } = field;
  const theme = useScaffolderTheme();
  const label = uiSchema['ui:title'] ?? schema.title ?? 'Prometheus server';
  const isKnown = servers.some(({ name }) => name === formData?.name);
  const isWaiting = isLoading || isIncomplete;
  const isInvalid =
    (rawErrors ?? []).length > 0 ||
    (formData !== undefined && !isWaiting && !isKnown);
  const errorColor = useErrorColor(isInvalid);
  const text = adviceOf(props);
  const options = [
    ...servers.map(({ name, version }) => ({
      value: name,
      label: version === undefined ? name : `${name} (Prometheus ${version})`,
    })),
    { value: ANOTHER, label: 'Another one, by its address' },
  ];
  const selected = isKnown ? formData?.name : undefined;
  const value = selected ?? (wantsAnother ? ANOTHER : undefined);
  const choose = (name: string) =>
    onChoose(servers.find(server => server.name === name));

  if (theme === 'bui') {
    return (
      <Select
        id={idSchema?.$id}
        // The browser's own check would hold the form back before its validators can say why.
        validationBehavior="aria"
        label={label}
        description={text}
        isDisabled={disabled || isWaiting}
        isInvalid={isInvalid}
        selectedKey={value ?? null}
        onSelectionChange={key => choose(String(key))}
        options={options}
      />
    );
  }
  return (
    <MuiTextField
      select
      id={idSchema?.$id}
      label={label}
      helperText={text}
      disabled={disabled || isWaiting}
      error={isInvalid}
      value={value ?? ''}
      onChange={event => choose(event.target.value)}
      margin="normal"
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true, style: { color: errorColor } }}
      inputProps={{ 'aria-invalid': isInvalid }}
      FormHelperTextProps={{
        margin: 'dense',
        // Read out when it changes, since it answers what was chosen.
        role: 'status',
        style: { marginLeft: 0, color: errorColor },
      }}
    >
      {value === undefined && (
        <option value="" disabled>
          {isLoading ? 'Loading …' : 'Choose a server'}
        </option>
      )}
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </MuiTextField>
  );
}
