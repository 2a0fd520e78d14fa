-- Starts `racewise lsp` for the buffers it understands, in every Neovim since 0.7. See doc/racewise.txt.
local M = {}

local plugin = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h:h')
local shipped = dofile(plugin .. '/lsp/racewise.lua')

-- Where a project keeps programs of its own, the first before the next. lsp/racewise.lua, which must work alone, has the
-- same list.
local FOLDERS = { '.venv/bin', 'node_modules/.bin' }

local STOPPING = 3000 -- milliseconds that a server has to end

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

-- The clients of a buffer, or of all buffers.
function M.clients(buffer)
  local all
  if vim.lsp.get_clients then
    all = vim.lsp.get_clients({ bufnr = buffer })
  else
    all = buffer and vim.lsp.buf_get_clients(buffer) or vim.lsp.get_active_clients()
  end
  return vim.tbl_filter(function(client) return client.name == 'racewise' end, vim.tbl_values(all))
end

-- Whether the program can be run; tells once when not, as Neovim itself may keep silent.
local function can_run(program)
  if vim.fn.executable(program) == 1 then return true end
  if not told then vim.notify('racewise: cannot run ' .. program .. ' (:checkhealth racewise)', vim.log.levels.WARN) end
  told = true
  return false
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
  if not can_run(program) or vim.lsp.enable then return end -- since 0.11 Neovim attaches by itself
  local config = vim.tbl_extend('keep', options, { name = 'racewise', cmd = { program, 'lsp' }, root_dir = root })
  if vim.lsp.start then
    vim.api.nvim_buf_call(buffer, function() vim.lsp.start(config) end)
  else
    start(config, buffer)
  end
end

-- Has the server started for every buffer of its file types from now on.
function M.enable()
  if vim.lsp.enable then vim.lsp.enable('racewise') end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('racewise', { clear = true }),
    pattern = options.filetypes or shipped.filetypes,
    callback = function(event) attach(event.buf) end,
  })
end

-- Sets what vim.lsp.config() takes in Neovim 0.11 and vim.lsp.start_client() before, and enables the server.
function M.setup(chosen)
  options = chosen or {}
  told = false
  if vim.lsp.enable then vim.lsp.config('racewise', options) end
  M.enable()
end

-- Stops the servers, and starts those that the loaded buffers need.
function M.restart()
  local ids = vim.tbl_map(function(client) return client.id end, M.clients())
  vim.lsp.stop_client(ids)
  local ended = function() return #M.clients() == 0 end
  if not vim.wait(STOPPING, ended, 10) then vim.lsp.stop_client(ids, true) end
  told = false
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(options.filetypes or shipped.filetypes, vim.bo[buffer].filetype) then
      local groups = vim.lsp.enable and { 'racewise', 'nvim.lsp.enable' } or { 'racewise' }
      for _, group in ipairs(groups) do
        vim.api.nvim_buf_call(buffer, function() vim.cmd('doautocmd <nomodeline> ' .. group .. ' FileType') end)
      end
    end
  end
end

-- Has the server execute a command about a buffer (0: the current one). Its answer, or nil and what is wrong.
function M.execute(buffer, command, ...)
  buffer = buffer == 0 and vim.api.nvim_get_current_buf() or buffer
  local params = { command = command, arguments = { vim.uri_from_bufnr(buffer), ... } }
  for _, client in ipairs(M.clients(buffer)) do
    local answers, problem = vim.lsp.buf_request_sync(buffer, 'workspace/executeCommand', params, 10000)
    local answer = (answers or {})[client.id] or {}
    if type(answer.result) == 'string' then return answer.result end
    problem = answer.error or answer.err or problem
    return nil, type(problem) == 'table' and problem.message or problem or 'there is no answer for this buffer'
  end
  return nil, 'no server is attached to this buffer'
end

-- Applies the safe fixes to a buffer (0: the current one); returns whether there were any.
function M.fix_all(buffer)
  buffer = buffer == 0 and vim.api.nvim_get_current_buf() or buffer
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    range = { start = { line = 0, character = 0 }, ['end'] = { line = vim.api.nvim_buf_line_count(buffer), character = 0 } },
    context = { only = { 'source.fixAll.racewise' }, diagnostics = {} },
  }
  for _, client in ipairs(M.clients(buffer)) do
    local function ask(method, given)
      local answer = vim.lsp.buf_request_sync(buffer, method, given, 10000) or {}
      return (answer[client.id] or {}).result
    end
    local action = (ask('textDocument/codeAction', params) or {})[1]
    if action and not action.edit then action = ask('codeAction/resolve', action) end
    if action and action.edit then
      vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
      return true
    end
  end
  return false
end

return M
