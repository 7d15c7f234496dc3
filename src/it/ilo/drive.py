#!/usr/bin/python3
"""Drives an iLO, real or simulated, with the clients that others wrote for real ones.

    drive.py --profile ilo4-gen9 --address 127.0.0.1:4433 --user Administrator --password-file F [--client hpilo]

Prints a line for each client and operation: ok, or why not. What a client cannot do with a generation is
written down in expected.py; any other outcome is marked UNEXPECTED and makes the exit code 1.
Needs the Debian packages python3-hpilo, python3-proliantutils and python3-sushy.
"""
import argparse
import http.server
import os
import re
import sys
import threading
import time
import warnings

warnings.simplefilter("ignore")
# requests lets these overrule "do not verify", and sends traffic elsewhere
for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "https_proxy", "http_proxy", "HTTPS_PROXY", "HTTP_PROXY"):
    os.environ.pop(name, None)

import expected  # noqa: E402
from clients import CLIENTS, OPERATIONS, NotInClient  # noqa: E402


def outcome(client, operation):
    """'ok', or what the client said, in one line."""
    try:
        getattr(client, operation.replace("-", "_"))()
        return "ok"
    except NotInClient as e:
        return "-, the client has nothing for it: %s" % e
    except Exception as e:  # whatever a client raises is its answer
        return "%s: %s" % (type(e).__name__, " ".join(str(e).split())[:200])


class Image(http.server.BaseHTTPRequestHandler):
    """Answers like a web server with images: a client may look at a URL before it hands it to the iLO."""

    def do_HEAD(self):
        self.send_response(200)
        self.send_header("Content-Length", "1024")
        self.end_headers()

    def log_message(self, *arguments):
        pass


def serve_images():
    server = http.server.HTTPServer(("127.0.0.1", 0), Image)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return "http://127.0.0.1:%d/" % server.server_port


def judge(client, profile, operation, said):
    wanted = expected.of(client, profile, operation)
    good = said[:2] in ("ok", "-,") if wanted == "ok" else re.search(wanted, said) is not None
    return wanted, good


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--profile", required=True, choices=expected.PROFILES)
    parser.add_argument("--address", required=True, help="HOST:PORT")
    parser.add_argument("--user", default="Administrator")
    parser.add_argument("--password-file", required=True)
    parser.add_argument("--client", action="append", choices=sorted(CLIENTS))
    options = parser.parse_args()
    with open(options.password_file) as f:
        password = f.readline().rstrip("\n")
    images = serve_images()
    bad = 0
    for name in options.client or sorted(CLIENTS):
        started = time.time()
        try:
            client = CLIENTS[name](options.address, options.user, password, options.profile, images)
            failure = None
        except Exception as e:
            client = None
            failure = "%s: %s" % (type(e).__name__, " ".join(str(e).split())[:200])
        for operation in OPERATIONS:
            said = failure or outcome(client, operation)
            wanted, good = judge(name, options.profile, operation, said)
            bad += not good
            print("%-13s %-10s %-16s %s%s" % (
                name, options.profile, operation, said,
                "" if good else "   UNEXPECTED, should be: " + wanted), flush=True)
        print("%-13s %-10s took %.1f s" % (name, options.profile, time.time() - started), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
