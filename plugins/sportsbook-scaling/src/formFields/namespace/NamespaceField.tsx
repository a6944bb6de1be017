import { useScaffolderTheme } from '@backstage/plugin-scaffolder-react/alpha';
import { Combobox } from '@backstage/ui';
import MuiTextField from '@material-ui/core/TextField';
import {
  NamespacesState,
  useNamespaceChoices,
} from '../../choices/useNamespaceChoices';
import { isNewNamespace, namespaceProblem } from '../../model/namespaceAdvice';
import { clusterOf, formDataOf } from '../formValues';
import { useErrorColor } from '../useErrorColor';
import type { NamespaceFieldProps } from './namespaceFieldSchema';

/** What stands below the field, and whether it says that the value cannot be used. */
function adviceOf(
  state: NamespacesState,
  namespace: string,
): { text?: string; isProblem?: boolean } {
  switch (state.status) {
    case 'noCluster':
      return { text: 'Choose the cluster first.' };
    case 'loading':
      return { text: 'Asking for the namespaces …' };
    case 'failed':
      return {
        text: `The namespaces cannot be listed: ${state.reason}`,
        isProblem: true,
      };
    default: {
      const { choices } = state;
      const { existing } = choices;
      if (namespace !== '') {
        const problem = namespaceProblem(choices, namespace);
        if (problem !== undefined) {
          return { text: problem, isProblem: true };
        }
        if (isNewNamespace(choices, namespace)) {
          return { text: `Namespace '${namespace}' will be made.` };
        }
      }
      if (existing.status !== 'listed') {
        return {
          text: `${
            existing.message
          } Type the name; allowed: ${choices.allowed.join(', ')}.`,
        };
      }
      if (existing.names.length === 0 && choices.newNamePattern === undefined) {
        return {
          text: 'There is no namespace on this cluster that you may use. Ask those who run it.',
          isProblem: true,
        };
      }
      return {};
    }
  }
}

/**
 * Chooses one of the namespaces that the user may create in. The name can be
 * typed as well: a list may be forbidden, and a namespace may be new.
 */
export function NamespaceField(props: NamespaceFieldProps) {
  const { formData, onChange, onBlur, rawErrors, required, disabled } = props;
  const { idSchema, schema, uiSchema, formContext } = props;
  const theme = useScaffolderTheme();
  const state = useNamespaceChoices(clusterOf(formDataOf(formContext)));
  const value = formData ?? '';
  const { text: advice, isProblem = false } = adviceOf(state, value);
  const text = [uiSchema['ui:description'] ?? schema.description, advice]
    .filter(part => part !== undefined)
    .join(' ');
  const label = uiSchema['ui:title'] ?? schema.title ?? 'Namespace';
  const isInvalid = isProblem || (rawErrors ?? []).length > 0;
  const errorColor = useErrorColor(isInvalid);
  const names =
    state.status === 'ready' && state.choices.existing.status === 'listed'
      ? state.choices.existing.names
      : [];
  const change = (name: string) => onChange(name === '' ? undefined : name);

  if (theme === 'bui') {
    return (
      <Combobox
        id={idSchema?.$id}
        // The browser's own check would hold the form back before its validators can say why.
        validationBehavior="aria"
        label={label}
        description={text}
        secondaryLabel={required ? 'Required' : undefined}
        isRequired={required}
        isDisabled={disabled}
        isInvalid={isInvalid}
        allowsCustomValue
        search={{ inputValue: value, onInputChange: change }}
        options={names.map(name => ({ value: name, label: name }))}
      />
    );
  }
  const listId = `${idSchema?.$id ?? 'namespace'}-names`;
  return (
    <>
      <MuiTextField
        id={idSchema?.$id}
        label={label}
        helperText={text}
        required={required}
        disabled={disabled}
        error={isInvalid}
        value={value}
        onChange={event => change(event.target.value)}
        onBlur={() => onBlur?.(idSchema?.$id, formData)}
        margin="normal"
        inputProps={{
          list: listId,
          autoComplete: 'off',
          autoCapitalize: 'none',
          spellCheck: false,
          'aria-invalid': isInvalid,
        }}
        InputLabelProps={{ style: { color: errorColor } }}
        FormHelperTextProps={{
          margin: 'dense',
          // Read out when it changes, since it answers what was typed.
          role: 'status',
          style: { marginLeft: 0, color: errorColor },
        }}
      />
      <datalist id={listId}>
        {names.map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
