export * from './ApplySet';
export * from './applySetNames';
export type { SetToDelete } from './deleteApplySet';
