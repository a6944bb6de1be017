import { useScaffolderTheme } from '@backstage/plugin-scaffolder-react/alpha';
import { Select } from '@backstage/ui';
import MuiTextField from '@material-ui/core/TextField';
import { useErrorColor } from '../useErrorColor';
import type { ClusterFieldProps } from './clusterFieldSchema';

export interface ClusterSelectProps {
  field: ClusterFieldProps;
  names: string[];
  isLoading?: boolean;
}

/** The select in the look of the form around it. */
export function ClusterSelect(props: ClusterSelectProps) {
  const { field, names, isLoading = false } = props;
  const { formData, onChange, rawErrors, required, disabled } = field;
  const { idSchema, schema, uiSchema } = field;
  const theme = useScaffolderTheme();
  const label = uiSchema['ui:title'] ?? schema.title ?? 'Cluster';
  const isUnknown =
    formData !== undefined && !isLoading && !names.includes(formData);
  let text = uiSchema['ui:description'] ?? schema.description;
  if (isLoading) {
    text = 'Asking Backstage for its clusters …';
  } else if (isUnknown) {
    text = `Backstage knows no cluster '${formData}' that you may create on. Choose another one.`;
  }
  const isInvalid = isUnknown || (rawErrors ?? []).length > 0;
  const errorColor = useErrorColor(isInvalid);
  const isDisabled = disabled || isLoading;
  const selected = isUnknown ? undefined : formData;

  if (theme === 'bui') {
    return (
      <Select
        id={idSchema?.$id}
        // The browser's own check would hold the form back before its validators can say why.
        validationBehavior="aria"
        label={label}
        description={text}
        secondaryLabel={required ? 'Required' : undefined}
        isRequired={required}
        isDisabled={isDisabled}
        isInvalid={isInvalid}
        selectedKey={selected ?? null}
        onSelectionChange={key =>
          onChange(key === null ? undefined : String(key))
        }
        options={names.map(name => ({ value: name, label: name }))}
      />
    );
  }
  return (
    <MuiTextField
      select
      id={idSchema?.$id}
      label={label}
      helperText={text}
      required={required}
      disabled={isDisabled}
      error={isInvalid}
      value={selected ?? ''}
      onChange={event =>
        onChange(event.target.value === '' ? undefined : event.target.value)
      }
      margin="normal"
      SelectProps={{ native: true }}
      InputLabelProps={{
        shrink: true,
        style: { color: errorColor },
      }}
      inputProps={{ 'aria-invalid': isInvalid }}
      FormHelperTextProps={{
        margin: 'dense',
        style: { marginLeft: 0, color: errorColor },
      }}
    >
      <option value="">{isLoading ? 'Loading …' : 'Choose a cluster'}</option>
      {names.map(name => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </MuiTextField>
  );
}
