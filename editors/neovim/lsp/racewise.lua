---@brief
---
--- Racewise finds race conditions in asynchronous Python, JavaScript and TypeScript.
---
--- Neovim 0.11 and later: put this folder on the runtime path and write
--- `vim.lsp.enable('racewise')`.

---@type vim.lsp.Config
return {
  cmd = { 'racewise', 'lsp' },
  filetypes = { 'python', 'javascript', 'javascriptreact', 'typescript', 'typescriptreact' },
  root_markers = { 'racewise.toml', 'pyproject.toml', 'package.json', '.git' },
}
