import { builtInTypes, reviewTypes } from './builtInTypes';

function typeOf(kind: string) {
  const type = builtInTypes().find(one => one.kind === kind);
  if (!type) {
    throw new Error(`there is no kind ${kind}`);
  }
  return type;
}

describe('builtInTypes', () => {
  it('knows a kind by all the names that a real cluster gives it', () => {
    expect(typeOf('Deployment')).toMatchObject({
      group: 'apps',
      version: 'v1',
      listKind: 'DeploymentList',
      plural: 'deployments',
      singular: 'deployment',
      shortNames: ['deploy'],
      categories: ['all'],
      namespaced: true,
      verbs: [
        'create',
        'delete',
        'deletecollection',
        'get',
        'list',
        'patch',
        'update',
        'watch',
      ],
      subresources: ['status', 'scale'],
      custom: false,
      scale: {
        specReplicasPath: '.spec.replicas',
        statusReplicasPath: '.status.replicas',
        labelSelectorPath: '.spec.selector',
      },
    });
    expect(typeOf('Namespace')).toMatchObject({
      group: '',
      namespaced: false,
      subresources: ['status', 'finalize'],
    });
  });

  it('says of kinds that nothing acts on what to use instead', () => {
    expect(typeOf('StatefulSet').notRun).toContain('use a Deployment');
    expect(typeOf('Job').notRun).toBeUndefined();
  });

  it('leaves kinds that are not stored to those who answer them', () => {
    const names = (types: { kind: string }[]) => types.map(({ kind }) => kind);

    expect(names(reviewTypes())).toContain('SelfSubjectAccessReview');
    expect(names(builtInTypes())).not.toContain('SelfSubjectAccessReview');
  });

  it('resolves the schema down to how lists are merged and keys are defaulted', () => {
    const containers = typeOf('Deployment')
      .schema.property('spec')
      ?.property('template')
      ?.property('spec')
      ?.property('containers');
    const ports = containers?.items?.property('ports');

    expect(containers).toMatchObject({
      type: 'array',
      listType: 'map',
      listMapKeys: ['name'],
      patchStrategy: ['merge'],
      patchMergeKey: 'name',
    });
    expect(containers?.items?.goType).toBe('Container');
    expect(ports?.listMapKeys).toEqual(['containerPort', 'protocol']);
    expect(ports?.items?.property('protocol')?.default).toBe('TCP');
    expect(
      containers?.items?.property('resources')?.property('limits')
        ?.additionalProperties?.format,
    ).toBe('quantity');
  });

  it('keeps what stands beside a reference', () => {
    const spec = typeOf('Service').schema.property('spec');

    expect(spec?.property('selector')?.mapType).toBe('atomic');
    expect(
      typeOf('Deployment').schema.property('spec')?.property('strategy')
        ?.patchStrategy,
    ).toEqual(['retainKeys']);
  });

  it('ends at definitions that contain themselves', () => {
    const schema = typeOf('CustomResourceDefinition')
      .schema.property('spec')
      ?.property('versions')
      ?.items?.property('schema')
      ?.property('openAPIV3Schema');

    expect(
      schema
        ?.property('properties')
        ?.additionalProperties?.property('properties')
        ?.additionalProperties?.propertyNames(),
    ).toEqual(schema?.propertyNames());
  });

  it('gives the same child each time', () => {
    const { schema } = typeOf('Pod');

    expect(schema.property('spec')).toBe(schema.property('spec'));
    expect(schema.property('constructor')).toBeUndefined();
  });
});
