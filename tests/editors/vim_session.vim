" A user's session in Vim: type a program into an empty buffer, look at what ALE found, take a fix, save. Tells what was seen;
" what should be seen is the caller's business.
"
" The JSON file that the environment's SESSION names has {file, text, fix, report}: the file to write, the text to type, the
" title of the fix to choose, and where to write the JSON report {typed, found, menu, hover, left}. `found` and `left` are
" ALE's lists before and after the fix, `menu` is what the fix was chosen from, `hover` what the preview says of the race.
" What goes wrong is in `problem`.

let s:DEADLINE = 120 " seconds: only a server that never answers takes that long
let s:session = json_decode(join(readfile($SESSION), "\n"))
let s:report = {}

function s:Wait(what, condition) abort
  let start = reltime()
  while !a:condition()
    if reltimefloat(reltime(start)) > s:DEADLINE
      throw 'waited in vain for ' .. a:what
    endif
    sleep 10m
  endwhile
endfunction

function s:Text() abort
  return join(getline(1, '$'), "\n") .. "\n"
endfunction

function s:Found() abort
  return copy(ale#engine#GetLoclist(bufnr('')))
endfunction

" Pasting keeps Vim from indenting on top of it.
function s:Type(text) abort
  set paste
  call feedkeys('i' .. substitute(a:text, '\n$', '', '') .. "\<Esc>", 'xt')
  set nopaste
  ALELint
endfunction

" Answers the question that ALE asks on the command line.
function s:Choose(menu, ...) abort
  let s:report.menu = a:menu
  for line in split(a:menu, "\n")
    if line =~# '^\d\+) ' && stridx(line, s:session.fix) >= 0
      return matchstr(line, '^\d\+')
    endif
  endfor
  throw 'no such fix: ' .. s:session.fix
endfunction

function s:Preview() abort
  return filter(range(1, winnr('$')), {_, window -> getwinvar(window, '&previewwindow')})
endfunction

function s:Hover() abort
  ALEHover
  call s:Wait('the hover', {-> s:Preview() != []})
  let text = join(getbufline(winbufnr(s:Preview()[0]), 1, '$'), "\n")
  pclose
  return text
endfunction

function s:Fix() abort
  runtime autoload/ale/util.vim
  let g:Choose = function('s:Choose')
  function! ale#util#Input(...) abort
    return call(g:Choose, a:000)
  endfunction
  let before = s:Text()
  ALECodeAction
  call s:Wait('the quick fix', {-> s:Text() !=# before})
endfunction

function s:Play(timer) abort
  try
    call s:Type(s:session.text)
    let s:report.typed = s:Text()
    call s:Wait('the finding', {-> s:Found() != []})
    let s:report.found = s:Found()
    call cursor(s:report.found[0].lnum, s:report.found[0].col)
    let s:report.hover = s:Hover()
    call s:Fix()
    silent write
    call s:Wait('the finding to go', {-> s:Found() == []})
    let s:report.left = s:Found()
  catch
    let s:report.problem = v:exception .. ' at ' .. v:throwpoint
  endtry
  call writefile([json_encode(s:report)], s:session.report)
  qall!
endfunction

call timer_start(1, function('s:Play'))
