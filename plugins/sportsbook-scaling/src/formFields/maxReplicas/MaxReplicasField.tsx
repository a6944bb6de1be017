import { useScaffolderTheme } from '@backstage/plugin-scaffolder-react/alpha';
import { NumberField } from '@backstage/ui';
import MuiTextField from '@material-ui/core/TextField';
import { POLICY_LIMITS } from '@sportsbook/plugin-sportsbook-scaling-common';
import { maxReplicasProblem } from '../../model/maxReplicasProblem';
import { formDataOf, minReplicasOf } from '../formValues';
import { useErrorColor } from '../useErrorColor';
import type { MaxReplicasFieldProps } from './maxReplicasFieldSchema';

/** A number field that is held to the form's minimum while one types. */
export function MaxReplicasField(props: MaxReplicasFieldProps) {
  const { formData, onChange, rawErrors, required, disabled } = props;
  const { idSchema, schema, uiSchema, formContext } = props;
  const theme = useScaffolderTheme();
  const minReplicas = minReplicasOf(formDataOf(formContext));
  const problem =
    formData === undefined
      ? undefined
      : maxReplicasProblem(formData, minReplicas);
  const isReported = (rawErrors ?? []).length > 0;
  const text =
    problem !== undefined && !isReported
      ? problem
      : uiSchema['ui:description'] ?? schema.description;
  const label = uiSchema['ui:title'] ?? schema.title ?? 'Maximum replicas';
  const isInvalid = problem !== undefined || isReported;
  const errorColor = useErrorColor(isInvalid);
  const { lowest, highest } = POLICY_LIMITS.maxReplicas;

  if (theme === 'bui') {
    return (
      <NumberField
        id={idSchema?.$id}
        // The browser's own check would hold the form back before its validators can say why.
        validationBehavior="aria"
        label={label}
        description={text}
        isRequired={required}
        isDisabled={disabled}
        isInvalid={isInvalid}
        value={formData ?? NaN}
        onChange={value => onChange(Number.isNaN(value) ? undefined : value)}
      />
    );
  }
  return (
    <MuiTextField
      id={idSchema?.$id}
      type="number"
      label={label}
      helperText={text}
      required={required}
      disabled={disabled}
      error={isInvalid}
      value={formData ?? ''}
      onChange={({ target: { value } }) =>
        onChange(value === '' ? undefined : Number(value))
      }
      margin="normal"
      inputProps={{
        // Against the limits only: below the form's minimum the browser would
        // hold the form back before its validators can say why.
        min: lowest,
        max: highest,
        step: 1,
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
