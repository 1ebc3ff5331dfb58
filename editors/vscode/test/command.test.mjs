import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { serverCommand } from "../src/command.js";

const inside = path.join("/srv/shop", ".venv", "bin", "evalc");

/** @type {import("../src/command.js").Surroundings} */
const usual = {
  configured: [],
  folders: ["/srv/docs", "/srv/shop"],
  isTrusted: true,
  platform: "linux",
  exists: (file) => file === inside,
};

test("the folder's own environment is found", () => {
  assert.deepEqual(serverCommand(usual), { command: inside, args: ["lsp"] });
});

test("a program of a folder that is not trusted is left alone", () => {
  assert.deepEqual(serverCommand({ ...usual, isTrusted: false }), { command: "evalc", args: ["lsp"] });
});

test("without an environment the PATH decides", () => {
  assert.deepEqual(serverCommand({ ...usual, folders: [] }), { command: "evalc", args: ["lsp"] });
});

test("what the setting says comes first, word by word", () => {
  assert.deepEqual(serverCommand({ ...usual, configured: ["uv", "run", "evalc"] }), {
    command: "uv",
    args: ["run", "evalc", "lsp"],
  });
});

test("on Windows an environment keeps its programs elsewhere", () => {
  const found = serverCommand({ ...usual, platform: "win32", exists: (file) => file.endsWith("evalc.exe") });
  assert.equal(found.command, path.join("/srv/docs", ".venv", "Scripts", "evalc.exe"));
});
