-- Starts `racewise lsp` for the buffers it understands, in every Neovim since 0.7. See doc/racewise.txt.
local M = {}

local plugin = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h:h')
local shipped = dofile(plugin .. '/lsp/racewise.lua')

-- Where a project keeps programs of its own, the first before the next. lsp/racewise.lua, which must work alone, has the
-- same list.
local FOLDERS = { '.venv/bin', 'node_modules/.bin' }

local options = {} -- what the user set
local clients = {} -- before 0.8: the client of each root
local told = false -- that there is no program

-- The folder that holds the first of the markers, in the file's folder or above; nil when none does.
local function root_of(path)
  for _, marker in ipairs(options.root_markers or shipped.root_markers) do
    local folder, last = vim.fn.fnamemodify(path, ':p:h'), nil
    while folder ~= last do
      if vim.loop.fs_stat(folder .. '/' .. marker) then return folder end
      folder, last = vim.fn.fnamemodify(folder, ':h'), folder
    end
  end
end

-- What the user set, in Neovim 0.11 and later perhaps without setup().
local function chosen_program()
  local cmd = options.cmd
  if vim.lsp.enable then cmd = vim.lsp.config.racewise.cmd end
  return type(cmd) == 'table' and cmd[1] or nil
end

-- The program for a project (nil: none), and how it was found: 'setting', 'project', or 'PATH'. The program on the PATH
-- is given by its name alone, whether it is there or not.
function M.program(root)
  local chosen = chosen_program()
  if chosen then return chosen, 'setting' end
  for _, folder in ipairs(root and FOLDERS or {}) do
    local own = root .. '/' .. folder .. '/racewise'
    if vim.fn.executable(own) == 1 then return own, 'project' end
  end
  return 'racewise', 'PATH'
end

-- Starts the client or takes the one that the root has, and attaches the buffer to it: for Neovim 0.7, which cannot.
local function start(config, buffer)
  local key = config.root_dir or ''
  local id = clients[key]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client(config)
    clients[key] = id
  end
  if id then vim.lsp.buf_attach_client(buffer, id) end
end

local function attach(buffer)
  if vim.bo[buffer].buftype ~= '' then return end
  local root = root_of(vim.api.nvim_buf_get_name(buffer))
  local program = M.program(root)
  if vim.fn.executable(program) == 0 then
    if not told then vim.notify('racewise: cannot run ' .. program .. ' (:checkhealth racewise)', vim.log.levels.WARN) end
    told = true
    return
  end
  local config = vim.tbl_extend('keep', options, { name = 'racewise', cmd = { program, 'lsp' }, root_dir = root })
  if vim.lsp.start then
    vim.api.nvim_buf_call(buffer, function() vim.lsp.start(config) end)
  else
    start(config, buffer)
  end
end

-- Has the server started for every buffer of its file types from now on.
function M.enable()
  if vim.lsp.enable then
    vim.lsp.enable('racewise')
    return
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('racewise', { clear = true }),
    pattern = options.filetypes or shipped.filetypes,
    callback = function(event) attach(event.buf) end,
  })
end

-- Sets what vim.lsp.config() takes in Neovim 0.11 and vim.lsp.start_client() before, and enables the server.
function M.setup(chosen)
  options = chosen or {}
  if vim.lsp.enable then vim.lsp.config('racewise', options) end
  M.enable()
end

return M
