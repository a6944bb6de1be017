import { representationOf } from './representation';

describe('representationOf', () => {
  it.each([
    [undefined, 'object', 'json'],
    ['*/*', 'object', 'json'],
    ['application/json', 'object', 'json'],
    ['application/yaml', 'object', 'yaml'],
    ['application/vnd.kubernetes.protobuf,application/json', 'object', 'json'],
    ['application/vnd.kubernetes.protobuf', 'object', 'json'],
    [
      'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
      'table',
      'json',
    ],
    [
      'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
      'partialList',
      'json',
    ],
    [
      'application/json;as=Sculpture;g=meta.k8s.io;v=v1,application/json',
      'object',
      'json',
    ],
  ])('takes %s', (accept, as, encoding) => {
    expect(representationOf(accept)).toEqual({ as, encoding, version: 'v1' });
  });

  it('takes what is wanted most', () => {
    expect(
      representationOf('application/json;q=0.5,application/yaml').encoding,
    ).toBe('yaml');
  });

  it('refuses a format that it has not', () => {
    expect(() => representationOf('text/html')).toThrow('406: Not Acceptable');
  });

  it.each([
    'application/json;as=Sculpture;g=meta.k8s.io;v=v1',
    'application/json;as=Table;g=meta.k8s.io;v=v7',
  ])('refuses the form %s', accept => {
    expect(() => representationOf(accept)).toThrow(
      'only the following media types are accepted',
    );
  });
});
