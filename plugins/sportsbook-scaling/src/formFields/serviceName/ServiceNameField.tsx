import { useScaffolderTheme } from '@backstage/plugin-scaffolder-react/alpha';
import { TextField } from '@backstage/ui';
import MuiTextField from '@material-ui/core/TextField';
import { longestServiceName } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  SERVICE_NAME_RULE,
  serviceNameProblem,
} from '../../model/serviceNameProblem';
import { formDataOf, monitoringOf } from '../formValues';
import { useErrorColor } from '../useErrorColor';
import type { ServiceNameFieldProps } from './serviceNameFieldSchema';

/** A text field that says which names are possible, and how long, while one types. */
export function ServiceNameField(props: ServiceNameFieldProps) {
  const { formData, onChange, onBlur, rawErrors, required, disabled } = props;
  const { idSchema, schema, uiSchema, formContext, placeholder } = props;
  const theme = useScaffolderTheme();
  const name = formData ?? '';
  const monitoring = monitoringOf(formDataOf(formContext));
  const problem = serviceNameProblem(name, monitoring);
  // What the form itself says about the field stands below it already.
  const isReported = (rawErrors ?? []).length > 0;
  const count = `${name.length} of ${longestServiceName(
    monitoring,
  )} characters.`;
  const text =
    problem !== undefined && !isReported
      ? `${problem} ${count}`
      : [
          uiSchema['ui:description'] ?? schema.description,
          SERVICE_NAME_RULE,
          count,
        ]
          .filter(part => part !== undefined)
          .join(' ');
  const label = uiSchema['ui:title'] ?? schema.title ?? 'Service name';
  const isInvalid = problem !== undefined || isReported;
  const errorColor = useErrorColor(isInvalid);
  const change = (value: string) => onChange(value === '' ? undefined : value);

  if (theme === 'bui') {
    return (
      <TextField
        id={idSchema?.$id}
        // The browser's own check would hold the form back before its validators can say why.
        validationBehavior="aria"
        label={label}
        description={text}
        placeholder={placeholder}
        secondaryLabel={required ? 'Required' : undefined}
        isRequired={required}
        isDisabled={disabled}
        isInvalid={isInvalid}
        value={name}
        onChange={change}
        autoComplete="off"
        spellCheck="false"
      />
    );
  }
  return (
    <MuiTextField
      id={idSchema?.$id}
      label={label}
      helperText={text}
      placeholder={placeholder}
      required={required}
      disabled={disabled}
      error={isInvalid}
      value={name}
      onChange={event => change(event.target.value)}
      onBlur={() => onBlur?.(idSchema?.$id, formData)}
      margin="normal"
      inputProps={{
        autoComplete: 'off',
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
