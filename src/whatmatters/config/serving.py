"""Runs the application server and, beside it, the loops that keep the numbers fresh and see to what is due."""

import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from http.client import HTTPConnection, HTTPException
from types import FrameType

from whatmatters.config.commands import Refused

PATIENCE, LAST_WORDS = 60, 5  # seconds for the server to answer, and for a child to end
THREADS = 4
CLI = ["-m", "whatmatters.config.cli"]
LOOPS = ([*CLI, "measure", "--store", "--watch", "10"], [*CLI, "round", "--every", "60"])


def refuse_taken(host: str, port: int) -> None:
    """Raises Refused when nothing can listen there."""
    if not 0 < port < 65_536:
        raise Refused(f"--port {port} is no port: choose one from 1 to 65535, such as 8000")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise Refused(
                f"nothing can listen on {host}:{port} ({error.strerror}). "
                f"End what is running there, or choose another port with --port {port + 1}"
            ) from error


def serve(host: str, port: int, *, workers: int, browser: bool) -> int:
    """Until Ctrl-C, a TERM signal or the server's own end. The settings module is in the environment."""
    for stop in (signal.SIGINT, signal.SIGTERM):  # a shell starts its background jobs deaf to the first
        signal.signal(stop, _stop)
    server, loops = _server(host, port, workers), [_child(words) for words in LOOPS]
    try:
        address = f"http://{host}:{port}/"
        if not _answers(host, port, server):
            print("The server ended before it answered: the lines above say why", file=sys.stderr)
            return 1
        print(f"Ready: {address}   (Ctrl-C ends it)", flush=True)
        if browser and (sys.platform in ("darwin", "win32") or os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}):
            webbrowser.open(address)
        return server.wait()
    except KeyboardInterrupt:
        print("\nEnding", flush=True)
        return 0
    finally:
        for child in (*loops, server):
            _end(child)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _server(host: str, port: int, workers: int) -> "subprocess.Popen[bytes]":
    words = ["-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    return _child(
        [*words, "--blocking-threads", str(THREADS), "--log-level", "warning", "whatmatters.config.wsgi:application"]
    )


def _child(words: list[str]) -> "subprocess.Popen[bytes]":
    """In a session of its own: Ctrl-C reaches this process alone, which then ends its children in order."""
    return subprocess.Popen([sys.executable, *words], start_new_session=True)  # noqa: S603  # our own words


def _answers(host: str, port: int, server: "subprocess.Popen[bytes]") -> bool:
    """Whatever it answers, be it a refusal or the way to https."""
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        asking = HTTPConnection(host, port, timeout=PATIENCE)
        try:
            asking.request("GET", "/")
            asking.getresponse()
        except (HTTPException, OSError):
            time.sleep(0.05)
        else:
            return True
        finally:
            asking.close()
    return False


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Asked thrice: a library in the middle of its work may take it for an error of its own. Then made to."""
    for _ in range(3):
        child.terminate()
        try:
            child.wait(LAST_WORDS)
        except subprocess.TimeoutExpired:
            continue
        return
    child.kill()
    child.wait()
