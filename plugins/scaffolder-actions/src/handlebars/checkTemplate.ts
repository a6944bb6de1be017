import Handlebars from 'handlebars';
import { TemplateProblem } from './TemplateError';

/** Helpers that print a value. Nothing else prints. */
export const VALUE_HELPERS = ['yaml', 'json'] as const;
export const BLOCK_HELPERS = ['if', 'unless', 'each'] as const;
/** Helpers that compute a value for another helper. */
export const INNER_HELPERS = ['eq'] as const;

type Call =
  | hbs.AST.MustacheStatement
  | hbs.AST.BlockStatement
  | hbs.AST.SubExpression;

/**
 * Refuses all that could put a value into a file as it is, without `yaml` or
 * `json`, and all that a reader of the skeleton would have to look up elsewhere.
 */
class Rules extends Handlebars.Visitor {
  readonly problems: Omit<TemplateProblem, 'file'>[] = [];

  MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    this.checkCall(mustache, VALUE_HELPERS, 1);
    super.MustacheStatement(mustache);
  }

  BlockStatement(block: hbs.AST.BlockStatement): void {
    this.checkCall(block, BLOCK_HELPERS, 1);
    super.BlockStatement(block);
  }

  SubExpression(expression: hbs.AST.SubExpression): void {
    this.checkCall(expression, INNER_HELPERS, 2);
    super.SubExpression(expression);
  }

  PartialStatement(node: hbs.AST.PartialStatement): void {
    this.refuse(node, 'partials are not available');
  }

  PartialBlockStatement(node: hbs.AST.PartialBlockStatement): void {
    this.refuse(node, 'partials are not available');
  }

  Decorator(node: hbs.AST.Decorator): void {
    this.refuse(node, 'decorators are not available');
  }

  DecoratorBlock(node: hbs.AST.DecoratorBlock): void {
    this.refuse(node, 'decorators are not available');
  }

  private checkCall(
    call: Call,
    helpers: readonly string[],
    parameters: number,
  ): void {
    const name =
      call.path.type === 'PathExpression'
        ? (call.path as hbs.AST.PathExpression).original
        : '(literal)';
    if (!helpers.includes(name)) {
      this.refuse(
        call,
        call.type === 'MustacheStatement'
          ? `'${name}' is printed as it is; write {{yaml ${name}}} or {{json ${name}}}`
          : `'${name}' is not available here; there is ${helpers.join(', ')}`,
      );
      return;
    }
    const hasHash = call.hash !== undefined && call.hash.pairs.length > 0;
    if (call.params.length !== parameters || hasHash) {
      this.refuse(
        call,
        `'${name}' takes exactly ${parameters} ${
          parameters === 1 ? 'value' : 'values'
        } and no named ones`,
      );
    }
  }

  private refuse(node: hbs.AST.Node, message: string): void {
    this.problems.push({ line: node.loc.start.line, message });
  }
}

/** Everything in the template that the renderer does not accept; empty: all is well. */
export function checkTemplate(
  program: hbs.AST.Program,
): Omit<TemplateProblem, 'file'>[] {
  const rules = new Rules();
  rules.accept(program);
  return rules.problems;
}
