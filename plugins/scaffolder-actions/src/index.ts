export { scaffolderModuleSportsbookScaling as default } from './module';
export * from './handlebars';
export * from './skeletons/autoscaledService';
export * from './skeletons/Skeleton';
