-- `:checkhealth racewise`: which program is started and why, and which buffers it serves.
local M = {}

-- Named report_start and so on before Neovim 0.10, and in a module of its own in 0.7.
local function reporter()
  local health = vim.health or require('health')
  return function(kind, ...) (health[kind] or health['report_' .. kind])(...) end
end

local function check_program(report)
  local program, found = require('racewise').program(vim.fn.getcwd())
  if vim.fn.executable(program) == 0 then
    report('error', 'cannot run ' .. program .. ' (' .. found .. ')', {
      'put racewise on the PATH, or name it: require("racewise").setup({ cmd = { "/path/to/racewise", "lsp" } })',
    })
    return
  end
  local version = vim.fn.system({ program, '--version' })
  if vim.v.shell_error ~= 0 then
    report('error', program .. ' --version fails: ' .. version)
  else
    report('ok', vim.trim(version) .. ': ' .. vim.fn.exepath(program) .. ' (' .. found .. ')')
  end
end

local function check_clients(report)
  local clients = require('racewise').clients()
  for _, client in ipairs(clients) do
    local folder = client.config.root_dir or 'single files'
    local buffers = #vim.lsp.get_buffers_by_client_id(client.id)
    report('ok', ('running for %s: %d buffers, columns in %s'):format(folder, buffers, client.offset_encoding))
  end
  if #clients == 0 then report('info', 'not running: it starts with the first Python, JavaScript or TypeScript buffer') end
end

function M.check()
  local report = reporter()
  report('start', 'racewise')
  check_program(report)
  check_clients(report)
end

return M
