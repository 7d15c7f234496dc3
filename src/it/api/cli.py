#!/usr/bin/python3
"""Does with Debian's openstack client and python-ironicclient what people do with Ironic, in one process.

    cli.py [--until WORD]      up to the comment with this word; the server and who asks stand in OS_*, as the client reads them

Each line of commands.txt is what would follow "openstack baremetal". A line may go on with
"-> name=field, ..." (keep what was shown), "?? field=value, ..." (this must be shown, asked again until it is) or
"!! words" (it must fail, with these words in what is said). Ends with 1 when a line does otherwise.
"""
import contextlib
import io
import json
import os
import re
import shlex
import sys
import time
import uuid

from ironicclient.common import http
from ironicclient.common import utils
from openstackclient import shell

# --wait looks again after 0.1 s; the client's own 2 s are nearly all the time this would take
look = utils.poll
utils.poll = lambda timeout, interval, delay, message: look(timeout, 0.1, delay, message)
# a 409 is an answer; the client would ask six times, 2 s apart
http.SessionClient.conflict_max_retries = property(lambda self: 0, lambda self, value: None)
PATIENCE = 20
ENOUGH = 10
SHOWN = {"show", "list", "create", "property", "validate", "get"}
here = os.path.dirname(os.path.abspath(__file__))
known = {"s": uuid.uuid4().hex[:8], "here": here}
known.update(("id%d" % i, str(uuid.uuid4())) for i in range(1, 4))
known.update(("mac%d" % i, "52:54:00:%s:%s:%s" % (os.urandom(1).hex(), os.urandom(1).hex(), "0%d" % i))
             for i in range(1, 4))


def run(line):
    """(exit code, what was said, what was shown as JSON)."""
    words = shlex.split(line)
    if SHOWN & set(words) and "-f" not in words and words[0] != "create":
        words += ["-f", "json"]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = shell.OpenStackShell().run(["baremetal"] + words)
        except SystemExit as e:
            code = e.code
    try:
        shown = json.loads(out.getvalue())
    except ValueError:
        shown = None
    return code, out.getvalue() + err.getvalue(), shown


def holds(shown, wanted):
    for field, value in wanted:
        if field == "rows":
            if not isinstance(shown, list) or str(len(shown)) != value:
                return False
        elif not isinstance(shown, dict) or str(shown.get(field)) != value:
            return False
    return True


def pairs(text):
    return [each.strip().split("=", 1) for each in text.split(",")]


def fault(line):
    """Does as one line says; what is wrong about it, or nothing."""
    line = re.sub(r"\$(\w+)", lambda match: known.get(match[1], match[0]), line)
    command, mark, rest = re.match(r"(.*?)(?: (->|\?\?|!!) (.*))?$", line).groups()
    end = time.monotonic() + PATIENCE
    while True:
        code, said, shown = run(command)
        if mark != "??" or (code == 0 and holds(shown, pairs(rest))) or time.monotonic() > end:
            break
        time.sleep(0.1)
    if mark == "!!":
        return None if code != 0 and rest.lower() in said.lower() else "must fail with '%s': %s" % (rest, said)
    if code != 0:
        return "ended with %s: %s" % (code, said)
    if mark == "->":
        for name, field in pairs(rest):
            if not isinstance(shown, dict) or field not in shown:
                return "shows no %s: %s" % (field, said)
            known[name] = str(shown[field])
    if mark == "??" and not holds(shown, pairs(rest)):
        return "shows not %s: %s" % (rest, said)
    return None


def main():
    with open(os.path.join(here, "commands.txt")) as text:
        told = text.read()
    if sys.argv[1:2] == ["--until"]:
        told = re.split("(?m)^# %s" % re.escape(sys.argv[2]), told)[0]
    lines = [line.strip() for line in told.splitlines() if line.strip() and not line.startswith("#")]
    faults = 0
    for line in lines:
        wrong = fault(line)
        if wrong:
            faults += 1
            print("openstack baremetal %s\n    %s" % (line, wrong.strip()[:600]), flush=True)
        if faults == ENOUGH:
            break
    print("%d commands, %d faults" % (len(lines), faults))
    sys.exit(1 if faults or not lines else 0)


if __name__ == "__main__":
    main()
