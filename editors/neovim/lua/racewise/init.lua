-- Starts `racewise lsp` for buffers of the languages it knows, in Neovim 0.7 and later.
--
--   require('racewise').setup({ cmd = { '/path/to/racewise', 'lsp' } })
--
-- Neovim 0.11 and later can do without: vim.lsp.enable('racewise').
local M = {}

M.config = {
  cmd = { 'racewise', 'lsp' },
  filetypes = { 'python', 'javascript', 'javascriptreact', 'typescript', 'typescriptreact' },
  root_markers = { 'racewise.toml', 'pyproject.toml', 'package.json', '.git' },
}

local clients = {} -- by root folder

local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  for _, marker in ipairs(M.config.root_markers) do
    local found = vim.fn.findfile(marker, folder .. ';')
    if found == '' then found = vim.fn.finddir(marker, folder .. ';') end
    if found ~= '' then return vim.fn.fnamemodify(found, ':p:h:s?/\\.git$??') end
  end
  return folder
end

-- Attaches the buffer to the server of its folder, which is started when there is none.
function M.attach(buffer)
  local root = root_of(vim.api.nvim_buf_get_name(buffer))
  local config = { name = 'racewise', cmd = M.config.cmd, root_dir = root }
  if vim.lsp.start then
    vim.api.nvim_buf_call(buffer, function() vim.lsp.start(config) end)
    return
  end
  local id = clients[root]
  if not id or not vim.lsp.get_client_by_id(id) then
    config.on_exit = function() clients[root] = nil end
    id = vim.lsp.start_client(config)
    clients[root] = id
  end
  if id then vim.lsp.buf_attach_client(buffer, id) end
end

function M.setup(options)
  M.config = vim.tbl_extend('force', M.config, options or {})
  if vim.fn.executable(M.config.cmd[1]) == 0 then
    vim.notify('racewise: cannot run ' .. M.config.cmd[1] .. '; set cmd in setup()', vim.log.levels.WARN)
    return
  end
  vim.api.nvim_create_augroup('racewise', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = 'racewise',
    pattern = M.config.filetypes,
    callback = function(event) M.attach(event.buf) end,
  })
end

return M
