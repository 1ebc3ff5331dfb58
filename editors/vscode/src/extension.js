/** The extension: starts `evalc lsp` and lets it answer for every open spec. */

import { existsSync } from "node:fs";
import { commands, window, workspace } from "vscode";
import { LanguageClient } from "vscode-languageclient/node.js";
import { serverCommand } from "./command.js";

/** A client that leaves it to `explain` to say that the server did not start. */
class QuietClient extends LanguageClient {
  /**
   * @override
   * @param {string} message
   * @param {unknown} [reason]
   * @param {boolean | "force"} [showNotification]
   */
  error(message, reason, showNotification) {
    super.error(message, reason, this.isRunning() && showNotification);
  }
}

const OPEN_SETTING = "Choose the command";

/** @type {LanguageClient | undefined} */
let client;

// Starting and stopping take turns, or two quick changes would leave a server that nobody stops.
let turn = Promise.resolve();

/** @param {import("vscode").ExtensionContext} context */
export async function activate(context) {
  const restart = () => {
    turn = turn.then(stop).then(start);
    return turn;
  };
  context.subscriptions.push(
    commands.registerCommand("evalc.restart", restart),
    workspace.onDidGrantWorkspaceTrust(restart),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("evalc.command")) restart();
    }),
  );
  await restart();
}

export async function deactivate() {
  await turn.then(stop);
}

async function stop() {
  const running = client;
  client = undefined;
  // The client ends a server that hangs, and writes that to its log; the next one is started all the same.
  await running?.dispose().catch(() => undefined);
}

async function start() {
  const folders = (workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
  const server = serverCommand({
    configured: workspace.getConfiguration("evalc").get("command", /** @type {string[]} */ ([])),
    folders: folders.map((folder) => folder.uri.fsPath),
    isTrusted: workspace.isTrusted,
    platform: process.platform,
    exists: existsSync,
  });
  const started = new QuietClient("evalc", "evalc", server, {
    documentSelector: [
      { scheme: "file", language: "evalc" },
      { scheme: "untitled", language: "evalc" },
    ],
  });
  try {
    await started.start();
    client = started;
  } catch (error) {
    // Not awaited: the message stays until somebody reads it.
    void explain([server.command, ...server.args].join(" "), error);
  }
}

/**
 * Says what was tried and how to cure it.
 *
 * @param {string} command
 * @param {unknown} error
 */
async function explain(command, error) {
  const reason = error instanceof Error ? error.message : String(error);
  const words = `\`${command}\` did not start. It comes with: pip install "evalc[lsp]" (${reason})`;
  if ((await window.showErrorMessage(words, OPEN_SETTING)) === OPEN_SETTING) {
    await commands.executeCommand("workbench.action.openSettings", "evalc.command");
  }
}
