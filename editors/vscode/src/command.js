/**
 * Which program is started as the language server.
 *
 * @typedef {object} Surroundings
 * @property {readonly string[]} configured What the setting `evalc.command` says, word by word.
 * @property {readonly string[]} folders The folders that are open, as paths of this machine.
 * @property {boolean} isTrusted Whether programs of these folders may run.
 * @property {string} platform As of `process.platform`.
 * @property {(path: string) => boolean} exists Whether there is such a file.
 *
 * @typedef {object} Command
 * @property {string} command
 * @property {string[]} args
 */

import path from "node:path";

/**
 * The command line of the language server: the configured one, else that of a trusted folder's `.venv`, else `evalc`
 * from the PATH.
 *
 * @param {Surroundings} surroundings
 * @returns {Command}
 */
export function serverCommand({ configured, folders, isTrusted, platform, exists }) {
  const [program, ...words] = configured;
  if (program) {
    return { command: program, args: [...words, "lsp"] };
  }
  const inside = platform === "win32" ? ["Scripts", "evalc.exe"] : ["bin", "evalc"];
  const installed = folders.map((folder) => path.join(folder, ".venv", ...inside));
  const found = isTrusted ? installed.find(exists) : undefined;
  return { command: found ?? "evalc", args: ["lsp"] };
}
