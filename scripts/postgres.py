"""Runs a command beside a PostgreSQL server of its own, in a folder that is gone afterwards.

The server listens on a socket in that folder only. PostgreSQL refuses to run as root, so root lends it to ``nobody``.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def run(command: list[str]) -> int:
    owner = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="whatmatters-pg-"))
    if owner:
        os.chown(folder, pwd.getpwnam(owner).pw_uid, -1)
    data = folder / "data"

    def pg(*words: str) -> None:
        subprocess.run(words, check=True, user=owner, cwd=folder, stdout=subprocess.DEVNULL)  # noqa: S603

    pg("initdb", "-D", str(data), "-U", "whatmatters", "-A", "trust", "-E", "UTF8", "--no-sync")
    careless = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=60 {careless}"
    pg("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", settings, "start")
    try:
        address = f"postgres://whatmatters@/postgres?host={folder}"
        return subprocess.run(command, env={**os.environ, "WHATMATTERS_DATABASE": address}, check=False).returncode  # noqa: S603
    finally:
        pg("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
