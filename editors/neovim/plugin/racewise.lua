-- Installing is enough: there is nothing to call. `let g:loaded_racewise = 1` beforehand keeps it off.
if vim.g.loaded_racewise then return end
vim.g.loaded_racewise = 1
require('racewise').enable()
require('racewise.commands').define()
