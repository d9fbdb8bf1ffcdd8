// Finds the names that only our own classes see: those may be shortened in the built script.
//
// A name qualifies when it is declared `private` and is written nowhere but as `this.name`: not on another object, not
// in a literal, a pattern or a type, and not anywhere in the libraries we bundle. What crosses a border, be it the
// protocol, the disk or the browser, is written in one of those ways and keeps its name.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const isPrivate = (node) => (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0;

/** The names that may be shortened, given the folder of the sources and the texts of the bundled libraries. */
export function privateNames(folder, libraries) {
  const own = new Set();
  const seen = new Set(libraries.flatMap((text) => text.match(/[A-Za-z_$][\w$]*/g) || []));
  for (const name of readdirSync(folder).filter((file) => /(?<!\.test)\.ts$/.test(file))) {
    const text = readFileSync(join(folder, name), "utf8");
    collect(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true), own, seen);
  }
  return [...own].filter((name) => !seen.has(name));
}

function collect(node, own, seen) {
  if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) {
    if (isDeclaration(node)) own.add(node.text);
    else if (!isOwnAccess(node) && !isVariable(node)) seen.add(node.text);
  }
  ts.forEachChild(node, (child) => collect(child, own, seen));
}

function isDeclaration(node) {
  const { parent } = node;
  const isMember =
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isAccessor(parent);
  return isMember && parent.name === node && isPrivate(parent);
}

function isOwnAccess(node) {
  const { parent } = node;
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.name === node &&
    parent.expression.kind === ts.SyntaxKind.ThisKeyword
  );
}

/** A plain variable is not a property, unless it stands for one in `{ name }`. */
function isVariable(node) {
  const { parent } = node;
  if (!ts.isIdentifier(node)) return false;
  if (ts.isShorthandPropertyAssignment(parent) || ts.isBindingElement(parent)) return false;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return !(ts.isClassElement(parent) || ts.isTypeElement(parent) || ts.isQualifiedName(parent));
}
