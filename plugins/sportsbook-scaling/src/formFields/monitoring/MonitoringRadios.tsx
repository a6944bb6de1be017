import { useScaffolderTheme } from '@backstage/plugin-scaffolder-react/alpha';
import { Radio as BuiRadio, RadioGroup as BuiRadioGroup } from '@backstage/ui';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import MuiRadio from '@material-ui/core/Radio';
import MuiRadioGroup from '@material-ui/core/RadioGroup';
import { Monitoring } from '@sportsbook/plugin-sportsbook-scaling-common';
import { useErrorColor } from '../useErrorColor';
import type { MonitoringFieldProps } from './monitoringFieldSchema';

const TITLES: Record<Monitoring, string> = {
  own: 'One of its own, created with it',
  existing: 'One that is there already',
};
const CHOICES: Monitoring[] = ['own', 'existing'];

function isMonitoring(value: string): value is Monitoring {
  return CHOICES.some(choice => choice === value);
}

export interface MonitoringRadiosProps {
  field: MonitoringFieldProps;
  description: string;
  onChoose: (value: Monitoring) => void;
}

/** The choice in the look of the form around it. */
export function MonitoringRadios(props: MonitoringRadiosProps) {
  const { field, description, onChoose } = props;
  const { formData, idSchema, schema, uiSchema, disabled, rawErrors } = field;
  const theme = useScaffolderTheme();
  const label = uiSchema['ui:title'] ?? schema.title ?? 'Prometheus';
  const isInvalid = (rawErrors ?? []).length > 0;
  const errorColor = useErrorColor(isInvalid);
  const descriptionId = `${idSchema?.$id ?? 'monitoring'}-advice`;
  const choose = (value: string) => {
    if (isMonitoring(value)) {
      onChoose(value);
    }
  };

  if (theme === 'bui') {
    return (
      <BuiRadioGroup
        label={label}
        description={description}
        isDisabled={disabled}
        isInvalid={isInvalid}
        value={formData ?? null}
        onChange={choose}
      >
        {CHOICES.map(value => (
          <BuiRadio key={value} value={value}>
            {TITLES[value]}
          </BuiRadio>
        ))}
      </BuiRadioGroup>
    );
  }
  return (
    <FormControl
      component="fieldset"
      margin="normal"
      disabled={disabled}
      error={isInvalid}
      aria-describedby={descriptionId}
    >
      <FormLabel component="legend" style={{ color: errorColor }}>
        {label}
      </FormLabel>
      <MuiRadioGroup
        name={idSchema?.$id}
        value={formData ?? ''}
        onChange={(_, value) => choose(value)}
      >
        {CHOICES.map(value => (
          <FormControlLabel
            key={value}
            value={value}
            label={TITLES[value]}
            control={<MuiRadio color="primary" />}
          />
        ))}
      </MuiRadioGroup>
      <FormHelperText
        id={descriptionId}
        // Read out when it changes, since it answers what was chosen above.
        role="status"
        style={{ marginLeft: 0, color: errorColor }}
      >
        {description}
      </FormHelperText>
    </FormControl>
  );
}
