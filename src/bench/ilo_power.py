"""Asks iLOs for their power, one after the other, as operators' scripts do: ilo_power.py hpilo|proliantutils, with a line
"PORT" for each on standard input. Prints the seconds that each took."""

import os
import sys
import time
import warnings

for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "https_proxy", "HTTPS_PROXY"):  # they overrule "do not verify"
    os.environ.pop(name, None)
warnings.simplefilter("ignore")
USER, PASSWORD = "Administrator", "pretend-9"


def by_hpilo(port):
    import hpilo
    return hpilo.Ilo("127.0.0.1", USER, PASSWORD, port=port).get_host_power_status()


def by_proliantutils(port):
    from proliantutils.ilo import client
    return client.IloClient(f"127.0.0.1:{port}", USER, PASSWORD, timeout=60, port=None).get_host_power_status()


ask = {"hpilo": by_hpilo, "proliantutils": by_proliantutils}[sys.argv[1]]
ports = [int(line) for line in sys.stdin]
ask(ports[0])  # not counted: imports
for port in ports:
    start = time.monotonic()
    state = ask(port)
    if state not in ("ON", "OFF"):
        sys.exit(f"{sys.argv[1]} says {state}")
    print(time.monotonic() - start)
