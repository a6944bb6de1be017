export {
  applyConfiguration,
  type ApplyConfiguration,
} from './applyConfiguration';
export type { FieldsV1 } from './fieldsV1';
export type { ManagedFieldsEntry } from './ManagedFieldsEntry';
export { printGoType, printGoValue } from './printGo';
export { trackUpdate, type TrackUpdate } from './trackUpdate';
export { jsonPatch } from './patches/jsonPatch';
export { mergePatch } from './patches/mergePatch';
export { strategicMergePatch } from './patches/strategicMergePatch';
