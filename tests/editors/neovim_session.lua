-- A user's session in a headless Neovim: type a program into an empty buffer, see the diagnostic, take the quick fix, save.
--
-- Environment: SESSION_FILE the file to write, SESSION_TEXT a file with the text to type, SESSION_SERVER the program,
-- SESSION_PLUGIN the plugin's folder, SESSION_LINE and SESSION_COLUMN where the diagnostic must be (zero-based, bytes).
local env = vim.env
local DEADLINE = 60000 -- milliseconds: only a server that never answers takes that long

local function fail(message)
  io.stderr:write('session: ' .. message .. '\n')
  vim.cmd('cquit 1')
end

local function wait(what, condition)
  if not vim.wait(DEADLINE, condition, 10) then fail('waited in vain for ' .. what) end
end

vim.opt.runtimepath:append(env.SESSION_PLUGIN)
require('racewise').setup({ cmd = { env.SESSION_SERVER, 'lsp' } })
vim.cmd('edit ' .. vim.fn.fnameescape(env.SESSION_FILE))
local buffer = vim.api.nvim_get_current_buf()
wait('the client', function() return #vim.lsp.buf_get_clients(buffer) > 0 end)
local client = vim.lsp.buf_get_clients(buffer)
for _, each in pairs(client) do client = each end
wait('the server', function() return client.initialized or client.server_capabilities end)

-- Each character is an edit of its own, as when typed.
local text = table.concat(vim.fn.readfile(env.SESSION_TEXT), '\n')
local row, column = 0, 0
for character in vim.gsplit(vim.fn.substitute(text, '.', '&\1', 'g'), '\1', true) do
  if character ~= '' then
    local lines = vim.split(character, '\n', true)
    vim.api.nvim_buf_set_text(buffer, row, column, row, column, lines)
    if #lines > 1 then row, column = row + #lines - 1, #lines[#lines] else column = column + #character end
  end
end
if table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') ~= text then fail('the text was not typed as given') end

local function diagnostics() return vim.diagnostic.get(buffer) end
local function expected()
  for _, each in ipairs(diagnostics()) do
    local code = each.code or (each.user_data and each.user_data.lsp and each.user_data.lsp.code)
    if code == 'lost-update' and each.lnum == tonumber(env.SESSION_LINE) and each.col == tonumber(env.SESSION_COLUMN) then
      return each
    end
  end
end
if not vim.wait(DEADLINE, expected, 10) then fail('no lost-update at the place; there are ' .. vim.inspect(diagnostics())) end
if #diagnostics() ~= 1 then fail('more than the one diagnostic: ' .. vim.inspect(diagnostics())) end

-- As `vim.lsp.buf.code_action` does, without its menu.
local found = expected()
vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
local parameters = vim.lsp.util.make_range_params(0, client.offset_encoding)
parameters.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(buffer, found.lnum, nil, client.id) }
local answers, problem = vim.lsp.buf_request_sync(buffer, 'textDocument/codeAction', parameters, DEADLINE)
if not answers then fail('no answer to the code action request: ' .. tostring(problem)) end
local action
for _, answer in pairs(answers) do
  for _, each in ipairs(answer.result or {}) do
    if not each.disabled and (not action or each.isPreferred) then action = action or each end
  end
end
if not action then fail('no code action') end
print('action: ' .. action.title)
vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
wait('the diagnostic to go', function() return #diagnostics() == 0 end)

-- An older result may have been empty too: what counts is the answer for the text as it is now.
vim.cmd('silent write')
wait('the clean text to stay clean', function() return #diagnostics() == 0 end)
vim.cmd('qall!')
