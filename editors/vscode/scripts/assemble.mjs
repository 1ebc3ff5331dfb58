/** Puts the extension together in build/vscode: everything that is published, and nothing else. */

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const here = path.resolve(import.meta.dirname, "..");
const root = path.resolve(here, "../..");
const target = path.join(root, "build", "vscode");

rmSync(target, { recursive: true, force: true });
mkdirSync(path.join(target, "syntaxes"), { recursive: true });
for (const name of ["README.md", "language-configuration.json", "snippets.json"]) {
  cpSync(path.join(here, name), path.join(target, name));
}
cpSync(path.join(root, "LICENSE"), path.join(target, "LICENSE"));
cpSync(path.join(here, "markdown.tmLanguage.json"), path.join(target, "syntaxes", "markdown.tmLanguage.json"));
cpSync(path.join(root, "grammar", "evalc.tmLanguage.json"), path.join(target, "syntaxes", "evalc.tmLanguage.json"));

// What is only for building would have its users install it.
const { devDependencies, scripts, private: _, ...published } = JSON.parse(readFileSync(path.join(here, "package.json"), "utf8"));
writeFileSync(path.join(target, "package.json"), JSON.stringify(published, null, 2) + "\n");

await build({
  entryPoints: [path.join(here, "src", "extension.js")],
  outfile: path.join(target, "extension.cjs"),
  bundle: true,
  external: ["vscode"],
  format: "cjs",
  legalComments: "inline",
  minify: true,
  platform: "node",
  target: "node18",
});
