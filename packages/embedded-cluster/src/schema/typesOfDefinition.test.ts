import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { typesOfDefinition } from './typesOfDefinition';

function definition(
  versions: Record<string, unknown>[],
  names: Record<string, unknown> = {},
): KubernetesObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Cluster',
      names: { plural: 'widgets', kind: 'Widget', ...names },
      versions,
    },
  };
}

describe('typesOfDefinition', () => {
  it('is a type for each version that is served', () => {
    const types = typesOfDefinition(
      definition([
        { name: 'v1', served: true, storage: true },
        { name: 'v1beta1', served: false, storage: false },
        { name: 'v1alpha1', served: true, storage: false },
      ]),
    );

    expect(types.map(({ version }) => version)).toEqual(['v1', 'v1alpha1']);
  });

  it('fills in the names that a definition may leave out', () => {
    expect(
      typesOfDefinition(definition([{ name: 'v1', served: true }]))[0],
    ).toMatchObject({
      kind: 'Widget',
      listKind: 'WidgetList',
      singular: 'widget',
      shortNames: [],
      categories: [],
      namespaced: false,
      subresources: [],
      custom: true,
      printerColumns: [
        {
          name: 'Age',
          type: 'date',
          jsonPath: '.metadata.creationTimestamp',
        },
      ],
    });
  });

  it('takes subresources and columns as they are stated', () => {
    const scale = {
      specReplicasPath: '.spec.n',
      statusReplicasPath: '.status.n',
    };
    const columns = [{ name: 'N', type: 'integer', jsonPath: '.spec.n' }];

    expect(
      typesOfDefinition(
        definition([
          {
            name: 'v1',
            served: true,
            subresources: { status: {}, scale },
            additionalPrinterColumns: columns,
          },
        ]),
      )[0],
    ).toMatchObject({
      subresources: ['status', 'scale'],
      scale,
      printerColumns: columns,
    });
  });

  it('knows what every object has, and every object inside another', () => {
    const { schema } = typesOfDefinition(
      definition([
        {
          name: 'v1',
          served: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  properties: {
                    template: {
                      type: 'object',
                      'x-kubernetes-embedded-resource': true,
                      'x-kubernetes-preserve-unknown-fields': true,
                    },
                  },
                },
              },
            },
          },
        },
      ]),
    )[0];
    const template = schema.property('spec')?.property('template');

    for (const one of [schema, template]) {
      expect(one?.property('apiVersion')?.type).toBe('string');
      expect(
        one?.property('metadata')?.property('ownerReferences'),
      ).toMatchObject({ listType: 'map', listMapKeys: ['uid'] });
    }
    expect(template?.embeddedResource).toBe(true);
    expect(template?.preserveUnknownFields).toBe(true);
  });
});
