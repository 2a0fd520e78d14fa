-- A user's session in a headless Neovim: type a program into an empty buffer, look at the diagnostics, take a quick fix,
-- save. Tells what was seen; what should be seen is the caller's business.
--
-- The JSON file that the environment's SESSION names has {file, text, fix, debounce, report}: the file to write, the text
-- to type, the title of the fix to choose (none: the first), for how many milliseconds Neovim gathers edits into one
-- notification (none: as it likes), and where to write the JSON report {typed, changes, found, hover, ignored, titles,
-- resolved, left}. `changes` counts the notifications of what was typed; `hover` is what the window over the race says;
-- `resolved` counts the fixes that were asked for in full; `found`, `ignored` and `left` are the diagnostics before the
-- fix, with the rule ignored by a setting, and after the fix, as vim.diagnostic has them: zero-based, in bytes.
local DEADLINE = 120000 -- milliseconds: only a server that never answers takes that long

local function fail(message)
  io.stderr:write('session: ' .. message .. '\n')
  vim.cmd('cquit 1')
end

local function wait(what, condition)
  if not vim.wait(DEADLINE, condition, 5) then fail('waited in vain for ' .. what) end
end

local function read_json(path) return vim.fn.json_decode(vim.fn.readfile(path)) end
local session = read_json(vim.env.SESSION)

-- The text version that the last diagnostics belong to: they are pushed or, from Neovim 0.10 on, pulled.
local told = -1
local publish = vim.lsp.handlers['textDocument/publishDiagnostics']
vim.lsp.handlers['textDocument/publishDiagnostics'] = function(problem, result, ...)
  publish(problem, result, ...)
  told = result.version
end
local pull = vim.lsp.handlers['textDocument/diagnostic']
vim.lsp.handlers['textDocument/diagnostic'] = pull and function(problem, result, context, ...)
  pull(problem, result, context, ...)
  if not problem then told = context.version end
end

if session.debounce then require('racewise').setup({ flags = { debounce_text_changes = session.debounce } }) end
vim.cmd('edit ' .. vim.fn.fnameescape(session.file))
local buffer = vim.api.nvim_get_current_buf()
local client
wait('the client', function()
  client = select(2, next((vim.lsp.get_clients or vim.lsp.buf_get_clients)(vim.lsp.get_clients and { bufnr = buffer } or buffer)))
  return client and client.initialized
end)

-- How often the client has sent each method, which is its first argument or stands behind the client itself.
local sent = {}
for _, way in ipairs({ 'notify', 'request' }) do
  local send = client[way]
  client[way] = function(...)
    local first, second = ...
    local method = type(first) == 'string' and first or second
    sent[method] = (sent[method] or 0) + 1
    return send(...)
  end
end

-- Each character is an edit of its own. Pasting keeps Neovim from indenting on top of it.
local function type_text(text)
  vim.o.paste = true
  for _, character in ipairs(vim.fn.split(text, '\\zs')) do
    vim.api.nvim_feedkeys('a' .. (character == '\n' and '\r' or character), 'ntx', true)
    vim.wait(0)
  end
  vim.o.paste = false
end

local function text_now() return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') .. '\n' end

-- The diagnostics of the text as it is now.
local function diagnostics()
  wait('diagnostics of this version', function() return told == vim.lsp.util.buf_versions[buffer] end)
  local seen = {}
  for _, each in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(seen, {
      code = each.code or each.user_data.lsp.code,
      line = each.lnum,
      column = each.col,
      end_line = each.end_lnum,
      end_column = each.end_col,
      message = each.message,
    })
  end
  return seen
end

-- What the window says that comes up over a place.
local function hover(place)
  local function window()
    for _, each in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(each).relative ~= '' then return each end
    end
  end
  vim.api.nvim_win_set_cursor(0, { place.line + 1, place.column })
  vim.lsp.buf.hover()
  wait('the hover', window)
  local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window()), 0, -1, false), '\n')
  vim.api.nvim_win_close(window(), true)
  return text
end

-- Tells the server of settings: since 0.10 it asks for them again.
local function set(settings)
  client.settings = settings
  client.config.settings = settings
  local notification = { 'workspace/didChangeConfiguration', { settings = settings } }
  if vim.lsp.get_clients then
    client:notify(unpack(notification))
  else
    client.notify(unpack(notification))
  end
end

-- The diagnostics while the rule of one of them is ignored.
local function ignore(place)
  set({ racewise = { ignore = { place.code } } })
  wait('diagnostics without ' .. place.code, function() return #vim.diagnostic.get(buffer) == 0 end)
  local left = vim.diagnostic.get(buffer)
  set({ racewise = vim.empty_dict() })
  wait('diagnostics with ' .. place.code, function() return #vim.diagnostic.get(buffer) > 0 end)
  return left
end

-- Answers the menu of code actions; returns what it offered.
local function take_fix(place)
  local titles
  vim.ui.select = function(items, options, choose)
    titles = vim.tbl_map(options.format_item, items)
    for i, title in ipairs(titles) do
      if title == (session.fix or title) then return choose(items[i], i) end
    end
    choose(nil)
  end
  vim.api.nvim_win_set_cursor(0, { place.line + 1, place.column })
  local before = text_now()
  vim.lsp.buf.code_action()
  wait('the quick fix among ' .. vim.inspect(titles), function() return text_now() ~= before end)
  return titles
end

type_text((session.text:gsub('\n$', '')))
local report = { typed = text_now(), found = diagnostics(), changes = sent['textDocument/didChange'] }
if #report.found > 0 then
  report.hover = hover(report.found[1])
  report.ignored = ignore(report.found[1])
  report.titles = take_fix(report.found[1])
  report.resolved = sent['codeAction/resolve'] or 0
end
report.left = diagnostics()
vim.cmd('silent write')
vim.fn.writefile({ vim.fn.json_encode(report) }, session.report)
vim.cmd('qall!')
