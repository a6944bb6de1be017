import { useParams } from 'react-router-dom';

/** The template whose form is open, by the page's address; undefined elsewhere. */
export function useTemplateRef(): string | undefined {
  const { namespace, templateName } = useParams();
  return namespace === undefined || templateName === undefined
    ? undefined
    : `template:${namespace}/${templateName}`;
}
