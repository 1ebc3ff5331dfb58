-- Two columns a level, as the language wants, colours and folds by tree-sitter, and `evalc lsp` for the rest.
local option = vim.opt_local
option.commentstring = "# %s"
option.comments = ":#"
option.expandtab = true
option.shiftwidth = 2
option.softtabstop = 2
option.iskeyword:append("-")

-- Without the compiled parser the language server still works.
if pcall(vim.treesitter.start, 0, "evalc") then
  option.foldmethod = "expr"
  option.foldexpr = "v:lua.vim.treesitter.foldexpr()"
  option.foldlevel = 99
  vim.api.nvim_set_hl(0, "@error.evalc", { link = "DiagnosticError", default = true })
end

if vim.fn.executable("evalc") == 1 then
  vim.lsp.start({
    name = "evalc",
    cmd = { "evalc", "lsp" },
    root_dir = vim.fs.root(0, { "evalc.toml", ".git" }) or vim.fn.getcwd(),
  })
end
