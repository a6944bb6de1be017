import { useTemplateSecrets } from '@backstage/plugin-scaffolder-react';
import { useScaffolderTheme } from '@backstage/plugin-scaffolder-react/alpha';
import { PasswordField } from '@backstage/ui';
import MuiTextField from '@material-ui/core/TextField';
import { KUBERNETES_TOKEN_SECRET } from '@sportsbook/plugin-sportsbook-scaling-common';
import { SWRConfig } from 'swr';
import { useClusterChoices } from '../../choices/useClusterChoices';
import { useClusters } from '../../clusters/useClusters';
import { clusterOf, formDataOf } from '../formValues';
import type { KubernetesTokenFieldProps } from './kubernetesTokenFieldSchema';

/**
 * Takes the user's Kubernetes token for a cluster that is reached with it and
 * to which Backstage has no sign-in of its own; nothing for all others.
 *
 * The token goes into the task's secrets and never into the form's values,
 * which are stored and shown.
 */
export function KubernetesTokenField(props: KubernetesTokenFieldProps) {
  return (
    <SWRConfig value={{ provider: () => new Map() }}>
      <TokenInput {...props} />
    </SWRConfig>
  );
}

function TokenInput(props: KubernetesTokenFieldProps) {
  const { formContext, idSchema, schema, uiSchema, disabled } = props;
  const theme = useScaffolderTheme();
  const { secrets, setSecrets } = useTemplateSecrets();
  const cluster = clusterOf(formDataOf(formContext));
  const { choices } = useClusterChoices();
  const clusters = useClusters();
  const needsToken =
    choices?.clusters.find(({ name }) => name === cluster)?.access ===
    'userToken';
  const signsIn =
    clusters.status === 'ready' &&
    clusters.clusters.some(known => known.name === cluster && known.signsIn);
  if (!needsToken || signsIn) {
    return null;
  }
  const label = uiSchema['ui:title'] ?? schema.title ?? 'Kubernetes token';
  const text =
    uiSchema['ui:description'] ??
    schema.description ??
    `A token of yours for cluster ${cluster}. It is handed to the task as a secret, and kept nowhere else.`;
  const token = secrets[KUBERNETES_TOKEN_SECRET] ?? '';
  const change = (value: string) =>
    setSecrets({ [KUBERNETES_TOKEN_SECRET]: value.trim() });

  if (theme === 'bui') {
    return (
      <PasswordField
        id={idSchema?.$id}
        label={label}
        description={text}
        isDisabled={disabled}
        value={token}
        onChange={change}
        autoComplete="off"
      />
    );
  }
  return (
    <MuiTextField
      id={idSchema?.$id}
      label={label}
      helperText={text}
      disabled={disabled}
      type="password"
      value={token}
      onChange={event => change(event.target.value)}
      margin="normal"
      inputProps={{ autoComplete: 'off' }}
      FormHelperTextProps={{ margin: 'dense', style: { marginLeft: 0 } }}
    />
  );
}
