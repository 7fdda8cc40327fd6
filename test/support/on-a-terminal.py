"""Runs a program on a terminal of its own and answers what it asks.

Standard input: {"command": [...], "steps": [[wait for this text, then type this or send this signal, such as SIGQUIT], ...]}
Standard output: {"status": exit status, "seen": everything that the terminal showed, "echo": on at the end?}
"""
import json, os, pty, signal, sys, termios

asked = json.load(sys.stdin)
child, terminal = pty.fork()
if child == 0:
    os.execv(asked["command"][0], asked["command"])

seen = b""


def more():
    global seen
    try:
        chunk = os.read(terminal, 4096)
    except OSError:
        return False
    seen += chunk
    return chunk != b""


looked = 0
for text, keys in asked["steps"]:
    while text.encode() not in seen[looked:] and more():
        pass
    looked = len(seen)
    if keys.startswith("SIG"):
        os.kill(child, signal.Signals[keys])
    else:
        os.write(terminal, keys.encode())
echo = None
while more():
    pass
_, status = os.waitpid(child, 0)
try:
    echo = bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
except (OSError, termios.error):
    pass
json.dump({"status": os.waitstatus_to_exitcode(status), "seen": seen.decode("utf8", "replace"), "echo": echo}, sys.stdout)
