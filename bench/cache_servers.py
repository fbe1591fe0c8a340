"""Redis and memcached for the scripts that need them: the real servers, on free ports of this machine."""

import contextlib
import shutil
import socket
import subprocess
import sys
import time

from server import HOST, free_port

COMMANDS = {
    "redis": ["redis-server", "--bind", HOST, "--port", "PORT", "--save", "", "--appendonly", "no"],
    "memcached": ["memcached", "-u", "nobody", "-l", HOST, "-p", "PORT", "-m", "256"],
}


@contextlib.contextmanager
def servers():
    """The port of each server that is installed."""
    with contextlib.ExitStack() as running:
        ports = {}
        for name, command in COMMANDS.items():
            if shutil.which(command[0]) is None:
                print(f"(no {command[0]} here: what needs it is left out)")
                continue
            ports[name] = free_port()
            words = [str(ports[name]) if word == "PORT" else word for word in command]
            process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            running.callback(process.wait)
            running.callback(process.kill)
            wait(name, ports[name], process)
        yield ports


def wait(name, port, process):
    for _ in range(1000):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.01)
    sys.exit(f"{name} does not start")
