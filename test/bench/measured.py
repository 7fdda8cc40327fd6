"""Runs a program to its end and says what that took: measured.py RESULT PROGRAM [WORD...]

RESULT is a file for {"status", "wallMs", "cpuMs", "peakMiB"}. The program has our standard input, output and error.
No command of its own: the kernel's accounts of one child are exact, where those of all children would add up.
"""
import json, os, sys, time

result, program = sys.argv[1], sys.argv[2:]
started = time.perf_counter()
child = os.posix_spawnp(program[0], program, os.environ)
_, ended, used = os.wait4(child, 0)
wall = time.perf_counter() - started
with open(result, "w") as file:
    json.dump(
        {
            "status": os.waitstatus_to_exitcode(ended),
            "wallMs": wall * 1000,
            "cpuMs": (used.ru_utime + used.ru_stime) * 1000,
            "peakMiB": used.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024),
        },
        file,
    )
