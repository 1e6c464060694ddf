// What a page says follows the language: an account's comes after the page began in the browser's.
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const sources = fs
  .globSync('{admin,board,home,lib,portal,resident,technician}/**/*.{ts,svelte}', { cwd: root })
  .filter((file) => !/\.test\.ts$|testing/.test(file));

function scriptOf(file: string): ts.SourceFile {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  const script = file.endsWith('.svelte') ? (/<script lang="ts">([^]*?)<\/script>/.exec(text)?.[1] ?? '') : text;
  return ts.createSourceFile(file, script, ts.ScriptTarget.Latest, true);
}

const scripts = new Map(sources.map((file) => [file, scriptOf(file)]));

/** What is called as soon as this is run: not what a function kept for later would call. */
function calls(node: ts.Node, isLater: boolean): string[] {
  if (ts.isCallExpression(node) && /^\$(derived|effect)/.test(node.expression.getText())) return [];
  const called = ts.isCallExpression(node) && ts.isIdentifier(node.expression) ? [node.expression.text] : [];
  const read = ts.isPropertyAccessExpression(node) && node.getText() === 'language.tag' ? ['language.tag'] : [];
  const within: string[] = [];
  node.forEachChild((child) => {
    const isKept = ts.isFunctionLike(child) && !(ts.isCallExpression(node) && isStep(node));
    if (isLater || !isKept) within.push(...calls(child, isLater));
  });
  return [...called, ...read, ...within];
}

/** `values.map(each => …)` runs its function at once. */
function isStep({ expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && /^(map|flatMap|filter|sort|reduce|from)$/.test(expression.name.text);
}

interface Named {
  /** Others call it by its name alone where it is exported. */
  readonly key: string;
  readonly file: string;
  readonly body: ts.Node;
}

const own = (file: string, name: string): string => `${file} ${name}`;

function functionsOf(file: string, script: ts.SourceFile): Named[] {
  const keyOf = (statement: ts.Statement & { modifiers?: ts.NodeArray<ts.ModifierLike> }, name: string): string =>
    statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ? name : own(file, name);
  return script.statements.flatMap((statement): Named[] => {
    if (ts.isFunctionDeclaration(statement)) return [{ key: keyOf(statement, statement.name!.text), file, body: statement }];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations
      .filter(({ initializer }) => initializer && ts.isFunctionLike(initializer))
      .map(({ name, initializer }) => ({ key: keyOf(statement, name.getText()), file, body: initializer! }));
  });
}

/** The functions whose answer is in a language, whoever calls whom. */
function speaking(): Set<string> {
  const functions = [...scripts].flatMap(([file, script]) => functionsOf(file, script));
  const found = new Set(['language.tag', 't', 'wordFor']);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const { key, file, body } of functions) if (speaks(file, body, found, true)) found.add(key);
  }
  return found;
}

function speaks(file: string, node: ts.Node, words: ReadonlySet<string>, isLater: boolean): boolean {
  return calls(node, isLater).some((name) => words.has(name) || words.has(own(file, name)));
}

it('no component keeps words of the language it was made in', () => {
  const words = speaking();
  const kept = [...scripts]
    .filter(([file]) => file.endsWith('.svelte'))
    .flatMap(([file, script]) =>
      script.statements
        .filter(ts.isVariableStatement)
        .flatMap(({ declarationList }) => [...declarationList.declarations])
        .filter(({ initializer: made }) => made && !ts.isFunctionLike(made) && speaks(file, made, words, false))
        .map(({ name }) => `${file}: ${name.getText()}`),
    );
  expect(kept).toEqual([]);
});
