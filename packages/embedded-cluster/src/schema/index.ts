export { OpenApiSchema } from './OpenApiSchema';
export { builtInTypes, reviewTypes } from './builtInTypes';
export {
  recordedOpenApi,
  recordedVersion,
  type RecordedOpenApi,
} from './recordedOpenApi';
export { typesOfDefinition } from './typesOfDefinition';
