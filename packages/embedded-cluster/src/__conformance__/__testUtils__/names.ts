/** Namespace of all objects of the sequences. Its name is part of answers. */
export const NAMESPACE = 'ec-conformance';
/** Name of the one object that a sequence is about. */
export const NAME = 'subject';
