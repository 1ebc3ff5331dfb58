//! Tells Zed how the language server is started: `evalc lsp`, from the PATH of the folder's shell.

use zed_extension_api as zed;

struct Evalc;

impl zed::Extension for Evalc {
    fn new() -> Self {
        Evalc
    }

    fn language_server_command(
        &mut self,
        _server: &zed::LanguageServerId,
        worktree: &zed::Worktree,
    ) -> zed::Result<zed::Command> {
        let command = worktree
            .which("evalc")
            .ok_or("evalc is not on the PATH; it comes with pip install \"evalc[lsp]\"")?;
        Ok(zed::Command {
            command,
            args: vec!["lsp".to_string()],
            env: worktree.shell_env(),
        })
    }
}

zed::register_extension!(Evalc);
