export * from './renderTree';
export * from './TemplateError';
