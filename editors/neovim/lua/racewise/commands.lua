-- `:Racewise`: what it can do is in doc/racewise.txt.
local M = {}

local function fix_all()
  if not require('racewise').fix_all(0) then vim.notify('racewise: there is nothing to fix safely here') end
end

local function show_log()
  local path = vim.lsp.log and vim.lsp.log.get_filename and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
  vim.cmd('tabnew ' .. vim.fn.fnameescape(path))
end

-- Opens a text in a window of its own.
local function show(name, text)
  vim.cmd('new')
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo[buffer].buftype, vim.bo[buffer].bufhidden, vim.bo[buffer].swapfile = 'nofile', 'wipe', false
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(text, '\n'))
  vim.bo[buffer].filetype, vim.bo[buffer].modifiable = 'markdown', false
  pcall(vim.api.nvim_buf_set_name, buffer, 'racewise://' .. name)
end

local function audit()
  local file = vim.fn.expand('%:t')
  local text, problem = require('racewise').execute(0, 'racewise.audit')
  if text then show('audit/' .. file, text) else vim.notify('racewise: ' .. problem, vim.log.levels.WARN) end
end

-- `fix` is about the line of the cursor.
local function prompt(kind)
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local place = kind == 'fix' and { line = line, character = 0 } or nil
  local text, problem = require('racewise').execute(0, 'racewise.prompt', kind or 'audit', place)
  if not text then return vim.notify('racewise: ' .. problem, vim.log.levels.WARN) end
  vim.fn.setreg('"', text)
  if vim.fn.has('clipboard') == 1 then vim.fn.setreg('+', text) end
  vim.notify('racewise: the prompt is in the registers " and +')
end

local VERBS = {
  audit = audit,
  prompt = prompt,
  fixall = fix_all,
  health = function() vim.cmd('checkhealth racewise') end,
  log = show_log,
  restart = function() require('racewise').restart() end,
}

local KINDS = { 'audit', 'fix', 'test', 'write' } -- of prompts

local function complete(start, line)
  local words = line and line:match('^%s*Racewise%s+prompt%s') and KINDS or vim.tbl_keys(VERBS)
  local names = vim.tbl_filter(function(name) return vim.startswith(name, start) end, words)
  table.sort(names)
  return names
end

local function run(command)
  local verb = VERBS[command.fargs[1]]
  if verb then
    verb(command.fargs[2])
  else
    vim.notify('racewise: no such command: ' .. command.args .. '; there are ' .. table.concat(complete(''), ', '), vim.log.levels.ERROR)
  end
end

function M.define()
  vim.api.nvim_create_user_command('Racewise', run, { nargs = '+', complete = complete, desc = 'Race conditions: fix, look, ask' })
end

return M
