---@brief
---
--- Finds race conditions in asynchronous Python, JavaScript and TypeScript, explains and fixes them.
---
--- The project's own program (`.venv/bin`, `node_modules/.bin`) comes before the one on the `PATH`; `cmd` names another:
---
--- ```lua
--- vim.lsp.config('racewise', { cmd = { '/path/to/racewise', 'lsp' } })
--- ```

---@type vim.lsp.Config
return {
  cmd = function(dispatchers, config)
    local program = 'racewise'
    for _, folder in ipairs({ '.venv/bin', 'node_modules/.bin' }) do
      local own = vim.fs.joinpath(config.root_dir or '.', folder, 'racewise')
      if vim.fn.executable(own) == 1 then
        program = own
        break
      end
    end
    return vim.lsp.rpc.start({ program, 'lsp' }, dispatchers)
  end,
  filetypes = { 'python', 'javascript', 'javascriptreact', 'typescript', 'typescriptreact' },
  root_markers = { 'racewise.toml', 'pyproject.toml', 'package.json', '.git' },
}
