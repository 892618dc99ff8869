"""Serves an invented district, after making it where that is not done yet: `make demo`, or `python -m tests.demo`."""

import argparse
import os
import sys
from pathlib import Path

from tests.demo.folder import FOLDER, HoldsOthers, claim, settle_in

REFUSED = """%(folder)s 中有非示例数据，未作任何改动。示例数据须用专用的空文件夹：DATA_DIR=… make demo
%(folder)s holds what no demonstration made; nothing was changed. Name an empty folder: DATA_DIR=… make demo"""
BUILDING = "正在生成示例数据……\nMaking the sample data …"
ACCOUNTS = "试用账号（用户名 密码）：\nAccounts (name, password):"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.demo", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--prepare-only", action="store_true", help="stop before the server starts")
    options = vars(parser.parse_args())
    folder = Path(os.environ.get("DATA_DIR", FOLDER)).resolve()
    try:
        claim(folder)
    except HoldsOthers:
        sys.exit(REFUSED % {"folder": folder})
    settle_in(folder)
    start(options)


def start(options: dict) -> None:
    import django  # the settings read the environment just set

    django.setup()
    from django.core.management import call_command

    from tests.demo.accounts import passwords
    from tests.demo.building import build, is_built

    call_command("migrate", verbosity=0)
    if not is_built():
        print(BUILDING, flush=True)
        build()
    print(ACCOUNTS)
    for name, password in passwords().items():
        print(f"  {name:14} {password}", flush=True)
    call_command("start", demo=True, **options)


if __name__ == "__main__":
    main()
