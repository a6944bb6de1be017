import { isError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import Handlebars, { HelperOptions } from 'handlebars';
import {
  BLOCK_HELPERS,
  INNER_HELPERS,
  VALUE_HELPERS,
  checkTemplate,
} from './checkTemplate';
import { TemplateError, TemplateProblem } from './TemplateError';
import { yamlScalar } from './yamlScalar';

type Located = HelperOptions & { loc: hbs.AST.SourceLocation };

/** The part of the source that a node was parsed from, on its first line. */
function sourceAt(text: string, { start, end }: hbs.AST.SourceLocation) {
  const line = text.split('\n')[start.line - 1] ?? '';
  return line.slice(
    start.column,
    end.line === start.line ? end.column : line.length,
  );
}

/**
 * Handlebars' strict mode does not look at the parameters of helpers, where all
 * of our values are: each helper refuses what is not there itself.
 */
function createHandlebars(file: string, text: string): typeof Handlebars {
  const instance = Handlebars.create();
  const refuse = (options: Located, message: string): never => {
    throw new TemplateError([{ file, line: options.loc.start.line, message }]);
  };
  const requireKnown = (values: unknown[], options: Located) => {
    if (values.includes(undefined)) {
      refuse(
        options,
        `unknown variable in ${sourceAt(text, options.loc).trim()}`,
      );
    }
  };

  instance.registerHelper('yaml', (value: unknown, options: Located) => {
    requireKnown([value], options);
    return yamlScalar(value);
  });
  instance.registerHelper('json', (value: unknown, options: Located) => {
    requireKnown([value], options);
    return JSON.stringify(value);
  });
  instance.registerHelper(
    'eq',
    (left: unknown, right: unknown, options: Located) => {
      requireKnown([left, right], options);
      return left === right;
    },
  );
  for (const name of BLOCK_HELPERS) {
    const original = instance.helpers[name];
    instance.registerHelper(
      name,
      function checked(this: unknown, value: unknown, options: Located) {
        requireKnown([value], options);
        if (name === 'each' && typeof value !== 'object') {
          refuse(options, `'each' needs a list, not a ${typeof value}`);
        }
        return original.call(this, value, options);
      },
    );
  }
  return instance;
}

function lineOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) {
    return undefined;
  }
  if ('lineNumber' in error && typeof error.lineNumber === 'number') {
    return error.lineNumber;
  }
  const inMessage =
    'message' in error
      ? /Parse error on line (\d+)/.exec(String(error.message))
      : null;
  return inMessage === null ? undefined : Number(inMessage[1]);
}

function asTemplateError(file: string, error: unknown): TemplateError {
  if (error instanceof TemplateError) {
    return error;
  }
  const message = isError(error) ? error.message : String(error);
  return new TemplateError([
    {
      file,
      line: lineOf(error),
      message: message.replace(/\s*\n\s*/g, ' '),
    },
  ]);
}

/**
 * Renders one template.
 *
 * @param options.file - for messages only
 * @throws TemplateError naming file and line: for syntax, for a value that is
 *   printed without `yaml` or `json`, and for a variable that the values do not have.
 */
export function renderTemplate(options: {
  file: string;
  text: string;
  values: JsonObject;
}): string {
  const { file, text, values } = options;
  try {
    const problems = checkTemplate(Handlebars.parse(text)).map(
      (problem): TemplateProblem => ({ file, ...problem }),
    );
    if (problems.length > 0) {
      throw new TemplateError(problems);
    }
    const known = [...VALUE_HELPERS, ...BLOCK_HELPERS, ...INNER_HELPERS];
    const render = createHandlebars(file, text).compile<JsonObject>(text, {
      strict: true,
      noEscape: true,
      knownHelpersOnly: true,
      knownHelpers: Object.fromEntries(known.map(name => [name, true])),
    });
    return render(values, {
      allowProtoMethodsByDefault: false,
      allowProtoPropertiesByDefault: false,
    });
  } catch (error) {
    throw asTemplateError(file, error);
  }
}
