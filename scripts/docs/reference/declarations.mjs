// What a source file exports, with its doc comments: read by the TypeScript compiler's parser alone, without types.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../run.mjs';

const modifiers = (node) => (ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : []);
const has = (node, kind) => modifiers(node).some((modifier) => modifier.kind === kind);
const isPrivate = (node) => has(node, ts.SyntaxKind.PrivateKeyword) || has(node, ts.SyntaxKind.ProtectedKeyword);

/** The text of a node's doc comment, tags included, lines joined where a sentence goes on. */
function docOf(node, source) {
  const comment = ts
    .getLeadingCommentRanges(source.text, node.pos)
    ?.findLast(({ pos }) => source.text.startsWith('/**', pos));
  if (!comment) return '';
  const lines = source.text.slice(comment.pos + 3, comment.end - 2).split('\n');
  return lines
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim()
    .replace(/(\S)\n(?=[^\s@-])/g, '$1 ')
    .replace(/\n?^@throws /gm, '\nThrows ');
}

/** A member without its body, private parts and `_` of unused names. */
function signature(member, source) {
  const text = member.getText(source);
  const body = member.body ? text.slice(0, member.body.getStart(source) - member.getStart(source)) : text;
  return body
    .trim()
    .replace(/\b_(?=\w+:)/g, '')
    .replace(/;$/, '');
}

function membersOf(node, source) {
  return node.members.flatMap((member) => {
    if (isPrivate(member)) return [];
    if (ts.isConstructorDeclaration(member)) {
      const fields = member.parameters.filter((one) => modifiers(one).length > 0 && !isPrivate(one));
      return fields.map((field) => ({
        name: field.name.getText(source),
        doc: docOf(field, source),
        code: signature(field, source),
      }));
    }
    return [
      { name: (member.name ?? member).getText(source), doc: docOf(member, source), code: signature(member, source) },
    ];
  });
}

const indent = (text, by) => text.replace(/^(?=.)/gm, by);

/** Text in lines of at most so many characters. */
const wrapped = (text, width) => text.replace(new RegExp(`(?=.{${width}})(.{1,${width - 1}}) `, 'g'), '$1\n');

/** A class or interface as it is written, members without bodies, doc comments in front of each. */
function outline(node, members) {
  const what = ts.isClassDeclaration(node) ? 'class' : 'interface';
  const heritage = (node.heritageClauses ?? []).map((clause) => ` ${clause.getText()}`).join('');
  const lines = members.map(({ doc, code }) => {
    const comment = doc ? `${wrapped(doc, 100).replace(/^/gm, '// ')}\n` : '';
    return indent(`${comment}${code};`, '  ');
  });
  return `${what} ${node.name.text}${heritage} {\n${lines.join('\n')}\n}`;
}

/** Exported classes, interfaces and types of a file in their order: name, doc comment, code, members. */
export function declarationsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((node) => {
    if (!has(node, ts.SyntaxKind.ExportKeyword)) return [];
    const [name, doc] = [node.name?.text, docOf(node, source)];
    if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) {
      const members = membersOf(node, source);
      return [{ name, doc, members, code: outline(node, members) }];
    }
    if (ts.isTypeAliasDeclaration(node))
      return [{ name, doc, members: [], code: node.getText(source).replace(/^export /, '') }];
    return [];
  });
}
