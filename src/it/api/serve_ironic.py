#!/usr/bin/python3
"""Runs Debian's Ironic (API and conductor, JSON-RPC between them, SQLite) on free ports of 127.0.0.1 for as long as
somebody holds the other end of standard input, with all it keeps in a folder that is deleted at the end.

    serve_ironic.py      says "up URL PID-OF-API PID-OF-CONDUCTOR" once it answers

Nothing is authenticated; servers are of the types fake-hardware and ilo, and have no network (noop).
"""
import ctypes
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

CONFIGURATION = """
[DEFAULT]
auth_strategy = noauth
host = 127.0.0.1
my_ip = 127.0.0.1
state_path = {folder}
tempdir = {folder}
rpc_transport = json-rpc
enabled_hardware_types = fake-hardware,ilo
enabled_bios_interfaces = fake,no-bios,ilo
enabled_boot_interfaces = fake,ilo-virtual-media,ilo-pxe
enabled_console_interfaces = fake,no-console,ilo
enabled_deploy_interfaces = fake,direct
enabled_inspect_interfaces = fake,no-inspect,ilo
enabled_management_interfaces = fake,ilo
enabled_network_interfaces = noop
default_network_interface = noop
enabled_power_interfaces = fake,ilo
enabled_raid_interfaces = fake,no-raid,agent
enabled_rescue_interfaces = fake,no-rescue,agent
enabled_storage_interfaces = noop,fake
enabled_vendor_interfaces = fake,no-vendor,ilo
[api]
host_ip = 127.0.0.1
port = {api}
api_workers = 1
[json_rpc]
auth_strategy = noauth
host_ip = 127.0.0.1
port = {rpc}
[database]
connection = sqlite:///{folder}/ironic.sqlite?timeout=60
sqlite_synchronous = false
[conductor]
automated_clean = false
api_url = http://127.0.0.1:{api}
sync_power_state_interval = 600
[deploy]
http_url = http://127.0.0.1:9
http_root = {folder}
[pxe]
tftp_root = {folder}
images_path = {folder}
instance_master_path = {folder}
tftp_master_path = {folder}
[dhcp]
dhcp_provider = none
[nova]
send_power_notifications = false
[oslo_messaging_notifications]
driver = noop
"""


def free_ports(count):
    """Ports below those that outgoing connections take, so that none is lost before its service starts."""
    held = []
    while len(held) < count:
        held.append(socket.socket())
        try:
            held[-1].bind(("127.0.0.1", random.randrange(15000, 32000)))
        except OSError:
            held.pop().close()
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


def with_parent():
    """The child dies with us, however we end (prctl PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def start(name, folder):
    log = open(os.path.join(folder, name + ".log"), "w")
    return subprocess.Popen(["/usr/bin/" + name, "--config-file", os.path.join(folder, "ironic.conf")], stdout=log,
                            stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=with_parent)


def answers(url):
    request = urllib.request.Request(url + "/v1/drivers", headers={"X-OpenStack-Ironic-API-Version": "1.82"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return b"fake-hardware" in answer.read()
    except OSError:
        return False


def await_up(url, services, folder):
    end = time.monotonic() + 120
    while not answers(url):
        dead = [name for name, process in services.items() if process.poll() is not None]
        if dead or time.monotonic() > end:
            name = (dead or ["ironic-api"])[0]
            with open(os.path.join(folder, name + ".log")) as log:
                sys.exit("%s does not come up:\n%s" % (name, log.read()[-3000:]))
        time.sleep(0.1)


def serve(folder):
    api, rpc = free_ports(2)
    with open(os.path.join(folder, "ironic.conf"), "w") as out:
        out.write(CONFIGURATION.format(folder=folder, api=api, rpc=rpc))
    subprocess.run(["/usr/bin/ironic-dbsync", "--config-file", out.name, "create_schema"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=with_parent)
    sqlite3.connect(os.path.join(folder, "ironic.sqlite")).execute("PRAGMA journal_mode=WAL").close()
    services = {}
    try:
        for name in ("ironic-conductor", "ironic-api"):
            services[name] = start(name, folder)
        url = "http://127.0.0.1:%d" % api
        await_up(url, services, folder)
        print("up", url, services["ironic-api"].pid, services["ironic-conductor"].pid, flush=True)
        sys.stdin.read()
    finally:
        for process in services.values():
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"
    folder = tempfile.mkdtemp(prefix="ferric-ironic-")
    try:
        serve(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
