/**
 * The scopes that the engine of VS Code gives texts: `node scopes.mjs SCOPE GRAMMAR...` reads a JSON list of texts and
 * writes a JSON list of lists of `[scope, start, end]`, outer ones first, in UTF-16 units. SCOPE is that of the first
 * grammar; the other ones may be included by it or injected into it.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const [root, ...files] = process.argv.slice(2);
const texts = /** @type {string[]} */ (JSON.parse(readFileSync(0, "utf8")));

await oniguruma.loadWASM(readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm")));

const grammars = new Map(
  files.map((file) => textmate.parseRawGrammar(readFileSync(file, "utf8"), file)).map((raw) => [raw.scopeName, raw]),
);
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) => grammars.get(scope),
  getInjections: (scope) => [...grammars.values()].filter((raw) => raw.injectionSelector === `L:${scope}`).map((raw) => raw.scopeName),
});

/**
 * @param {textmate.IGrammar} grammar
 * @param {string} text
 */
function scopes(grammar, text) {
  const found = [];
  let stack = textmate.INITIAL;
  let offset = 0;
  for (const line of text.split("\n")) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    for (const token of tokens) {
      const end = Math.min(token.endIndex, line.length);
      for (const scope of token.scopes.slice(1)) found.push([scope, offset + token.startIndex, offset + end]);
    }
    offset += line.length + 1;
  }
  return found;
}

const grammar = await registry.loadGrammar(String(root));
if (!grammar) throw new Error(`${root} is in none of ${files}`);
process.stdout.write(JSON.stringify(texts.map((text) => scopes(grammar, text))));
