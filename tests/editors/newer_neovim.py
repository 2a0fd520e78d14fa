"""What only a newer Neovim does: it takes a server's settings from a file of the user. `./dev newer-editors` runs this."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from session import PAGES
from test_neovim import PLUGIN, follow


def test_the_file_alone_as_the_page_says(tmp_path: Path) -> None:
    [enable] = re.findall(r"`(vim\.lsp\.enable\(.*\))`", (PAGES / "neovim.md").read_text(encoding="utf-8"))
    folder = tmp_path / "config" / "nvim" / "lsp"
    folder.mkdir(parents=True)
    shutil.copy(PLUGIN / "lsp" / "racewise.lua", folder)
    follow(tmp_path, enable, "lua vim.lsp.buf.code_action()")
