import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EntitySwitch } from '@backstage/plugin-catalog';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { ENTITY_ANNOTATIONS } from '@sportsbook/plugin-sportsbook-scaling-common';
import { screen } from '@testing-library/react';
import { always, FixtureScalingApi } from '../__fixtures__/FixtureScalingApi';
import { serviceEntity } from '../__fixtures__/serviceEntity';
import { underLoad } from '../__fixtures__/snapshots';
import * as legacy from '.';

const {
  EntityScalingCard,
  formChoicesApiRef,
  isScalingAvailable,
  scalingApiRef,
} = legacy;

const fieldExtensions = Object.entries(legacy).flatMap(([name, exported]) =>
  name.endsWith('FieldExtension') ? [{ name, Extension: exported }] : [],
);

/** What the forms of this package's fields name them by: `ui:field: <name>`. */
function formFieldNames(): string[] {
  const folder = join(__dirname, '..', 'formFields');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('FormField.ts'))
    .flatMap(path => [
      ...readFileSync(join(folder, path), 'utf8').matchAll(
        /^ {2}name: '(\w+)',$/gm,
      ),
    ])
    .map(match => match[1]);
}

function showEntity(entity: ReturnType<typeof serviceEntity>) {
  const api = new FixtureScalingApi({
    'component:default/odds-api': always(underLoad),
  });
  return renderInTestApp(
    <TestApiProvider apis={[[scalingApiRef, api]]}>
      <EntityProvider entity={entity}>
        <EntitySwitch>
          <EntitySwitch.Case if={isScalingAvailable}>
            <EntityScalingCard />
          </EntitySwitch.Case>
          <EntitySwitch.Case>no scaling here</EntitySwitch.Case>
        </EntitySwitch>
      </EntityProvider>
    </TestApiProvider>,
  );
}

describe('in an app of the old frontend system', () => {
  it('the card says how an entity with a Kubernetes id scales', async () => {
    await showEntity(serviceEntity('odds-api'));
    expect(
      await screen.findByRole('heading', { name: 'Scaling' }),
    ).toBeInTheDocument();
    expect(await screen.findByText(/^Holding at 3\./)).toBeInTheDocument();
  });

  it('an entity without a Kubernetes id gets no card', async () => {
    await showEntity(
      serviceEntity('website', {
        [ENTITY_ANNOTATIONS.kubernetesId]: undefined,
      }),
    );
    expect(await screen.findByText('no scaling here')).toBeInTheDocument();
  });

  it('the plugin itself brings the APIs that the card and the form ask', () => {
    expect(
      [...legacy.sportsbookScalingPlugin.getApis()].map(({ api }) => api.id),
    ).toEqual(expect.arrayContaining([scalingApiRef.id, formChoicesApiRef.id]));
  });

  it('there is an extension for each form field of the new frontend system', async () => {
    function Names() {
      const fields = useCustomFieldExtensions<{ name: string }>(
        <ScaffolderFieldExtensions>
          {fieldExtensions.map(({ name, Extension }) => {
            const Field = Extension as () => null;
            return <Field key={name} />;
          })}
        </ScaffolderFieldExtensions>,
      );
      return <p>{fields.map(({ name }) => name).join(' ')}</p>;
    }
    await renderInTestApp(<Names />);
    const shown = await screen.findByText(/SportsbookCluster/);
    expect(formFieldNames().length).toBeGreaterThan(0);
    expect((shown.textContent ?? '').split(' ').sort()).toEqual(
      formFieldNames().sort(),
    );
  });
});
