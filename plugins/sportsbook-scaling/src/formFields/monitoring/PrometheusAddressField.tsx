import { useScaffolderTheme } from '@backstage/plugin-scaffolder-react/alpha';
import { TextField } from '@backstage/ui';
import MuiTextField from '@material-ui/core/TextField';
import { formDataOf } from '../formValues';
import { useErrorColor } from '../useErrorColor';
import type { PrometheusAddressFieldProps } from './prometheusAddressFieldSchema';
import { prometheusServerOf } from './prometheusServerValue';

/** The address of a server that is in no list; not shown beside one that is. */
export function PrometheusAddressField(props: PrometheusAddressFieldProps) {
  const { formData, onChange, rawErrors, disabled } = props;
  const { idSchema, schema, uiSchema, formContext } = props;
  const theme = useScaffolderTheme();
  const isInvalid = (rawErrors ?? []).length > 0;
  const errorColor = useErrorColor(isInvalid);
  if (prometheusServerOf(formDataOf(formContext)) !== undefined) {
    return null;
  }
  const label = uiSchema['ui:title'] ?? schema.title ?? 'Address of Prometheus';
  const text = uiSchema['ui:description'] ?? schema.description;
  const change = (address: string) =>
    onChange(address === '' ? undefined : address);

  if (theme === 'bui') {
    return (
      <TextField
        id={idSchema?.$id}
        // The browser's own check would hold the form back before its validators can say why.
        validationBehavior="aria"
        label={label}
        description={text}
        isDisabled={disabled}
        isInvalid={isInvalid}
        value={formData ?? ''}
        onChange={change}
      />
    );
  }
  return (
    <MuiTextField
      id={idSchema?.$id}
      label={label}
      helperText={text}
      disabled={disabled}
      error={isInvalid}
      value={formData ?? ''}
      onChange={event => change(event.target.value)}
      margin="normal"
      inputProps={{
        autoCapitalize: 'none',
        spellCheck: false,
        'aria-invalid': isInvalid,
      }}
      InputLabelProps={{ style: { color: errorColor } }}
      FormHelperTextProps={{
        margin: 'dense',
        style: { marginLeft: 0, color: errorColor },
      }}
    />
  );
}
