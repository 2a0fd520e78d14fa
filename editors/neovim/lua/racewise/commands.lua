-- `:Racewise`: what it can do is in doc/racewise.txt.
local M = {}

local function fix_all()
  if not require('racewise').fix_all(0) then vim.notify('racewise: there is nothing to fix safely here') end
end

local function show_log()
  local path = vim.lsp.log and vim.lsp.log.get_filename and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
  vim.cmd('tabnew ' .. vim.fn.fnameescape(path))
end

local VERBS = {
  fixall = fix_all,
  health = function() vim.cmd('checkhealth racewise') end,
  log = show_log,
  restart = function() require('racewise').restart() end,
}

local function complete(start)
  local names = vim.tbl_filter(function(name) return vim.startswith(name, start) end, vim.tbl_keys(VERBS))
  table.sort(names)
  return names
end

local function run(command)
  local verb = VERBS[command.args]
  if verb then
    verb()
  else
    vim.notify('racewise: no such command: ' .. command.args .. '; there are ' .. table.concat(complete(''), ', '), vim.log.levels.ERROR)
  end
end

function M.define()
  vim.api.nvim_create_user_command('Racewise', run, { nargs = 1, complete = complete, desc = 'Race conditions: fix, look' })
end

return M
