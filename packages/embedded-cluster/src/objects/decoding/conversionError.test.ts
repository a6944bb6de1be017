import { conversionError } from './conversionError';

describe('conversionError', () => {
  it.each([
    ['x', 'int32', 'unrecognized type: int32'],
    [true, 'int32', 'unrecognized type: int32'],
    [1.5, 'int32', 'cannot convert float64 to int32'],
    [300, 'string', 'cannot convert int64 to string'],
    [1.5, 'string', 'unrecognized type: string'],
    [3, 'bool', 'unrecognized type: bool'],
    [['a'], 'map[string]string', 'cannot restore map from slice'],
    ['x', '[]string', 'cannot restore slice from string'],
    ['x', 'v1.PodTemplateSpec', 'cannot restore struct from: string'],
  ])('says of %j as %s what the server says', (value, expected, said) => {
    expect(conversionError(value, expected)).toBe(said);
  });
});
