export * from './objectKey';
export * from './readManifests';
export * from './SourcedObject';
