"""Drives the menu of a built ecap through a real terminal, from the start of an assessment to its report.

    python tests/outside/terminal.py target/debug/ecap
"""

import os
import pty
import select
import shutil
import sys
import tempfile
import time
from pathlib import Path

from pages import ROOT

SAMPLE = ROOT / "samples" / "qiyun"
PROMPT_ENDS = ("：", "关闭。")
SECONDS = 120


class Terminal:
    """A program under a pseudo-terminal: what it shows, and what is typed when it waits."""

    def __init__(self, command, folder):
        self.shown = ""
        self.child, self.file = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            os.environ["LC_ALL"] = "zh_CN.UTF-8"
            os.execv(command[0], command)

    def read(self, seconds):
        """True while the program goes on."""
        if not select.select([self.file], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.file, 65536)
        except OSError:
            return False
        self.shown += data.decode("utf-8", "replace")
        return bool(data)

    def answer(self, text):
        """Types a line once the program shows a prompt and waits."""
        end = time.monotonic() + SECONDS
        while not self.shown.rstrip("\r\n").endswith(PROMPT_ENDS):
            if not self.read(0.2) or time.monotonic() > end:
                raise SystemExit(f"no prompt before {text!r}:\n{self.shown}")
        os.write(self.file, f"{text}\n".encode())
        self.shown += "\0"
        while self.shown.endswith("\0") and self.read(0.2):
            pass

    def end(self):
        """The exit code, once nothing more is shown."""
        end = time.monotonic() + SECONDS
        while self.read(0.5):
            if time.monotonic() > end:
                raise SystemExit(f"it does not end:\n{self.shown}")
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


def run(ecap, folder, answers):
    terminal = Terminal([ecap], folder)
    for text in answers:
        terminal.answer(text)
    code = terminal.end()
    return code, terminal.shown


def main():
    ecap = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory(prefix="terminal-") as made:
        folder = Path(made, "栖云 评估 (1)")
        code, shown = run(ecap, made, ["1", folder.name, "栖云区", "2026", "0", ""])
        wrong = [] if code == 0 and (folder / "评估设置.xlsx").exists() else [f"no settings, exit code {code}:\n{shown}"]
        # The office fills the settings in, the departments their surveys, the assessors the review.
        shutil.copy(SAMPLE / "评估设置.xlsx", folder)
        shutil.copytree(SAMPLE / "收回", folder / "收回")
        shutil.copytree(SAMPLE / "补交", folder / "补交")
        code, shown = run(ecap, made, ["2", f"'{folder}'", "3", "", "2026-11-22", "4", "", "0", ""])
        for name in ("待发问卷/13_评估组_2026_自评表.xlsx", "检查结果/回收情况.xlsx", "检查结果/催办.txt", "现场复核表.xlsx"):
            if not (folder / name).exists():
                wrong.append(f"no {name}, exit code {code}:\n{shown}")
        shutil.copy(SAMPLE / "现场复核表.xlsx", folder)
        code, shown = run(ecap, made, ["5", str(folder), "0", ""])
        if code or "总分 72.7，等级：合格" not in shown:
            wrong.append(f"exit code {code}:\n{shown}")
        for name in ("report.xlsx", "report.docx", "report.md", "results.json"):
            if not (folder / "报告" / "栖云区-2026" / name).exists():
                wrong.append(f"no {name}:\n{shown}")
        record = (folder / "运行记录.txt").read_text(encoding="utf-8")
        if record.count("$ ecap ") != 5:
            wrong.append(f"record of {record.count('$ ecap ')} runs, not 5:\n{record}")
    print("\n".join(wrong))
    print(f"menu at a terminal: {'failed' if wrong else 'passed'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
