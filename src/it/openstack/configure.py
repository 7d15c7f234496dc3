"""Writes the configuration of one instance below the directory named: free ports, fresh passwords, Swift's rings."""
import getpass
import json
import os
import random
import secrets
import socket
import string
import sys

from swift.common.ring import RingBuilder

HERE = os.path.dirname(os.path.abspath(__file__))
DIR = sys.argv[1]
USERS = ("admin", "ferric", "swift", "glance", "demo", "observer")
SERVICES = ("keystone", "glance", "memcached", "proxy", "account", "container", "object")


def free_ports(count):
    """Ports below those that outgoing connections take, so that none is lost between here and its service's start."""
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


def values():
    result = {name.upper() + "_PORT": port for name, port in zip(SERVICES, free_ports(len(SERVICES)))}
    result.update({user.upper() + "_PASSWORD": secrets.token_hex(12) for user in USERS})
    result.update(
        AUTH_URL="http://127.0.0.1:%s/v3" % result["KEYSTONE_PORT"],
        GLANCE_URL="http://127.0.0.1:%s" % result["GLANCE_PORT"],
        SERVICE_PROJECT_ID=secrets.token_hex(16),
        DEMO_PROJECT_ID=secrets.token_hex(16),
        REGION="RegionOne",
        EMPTY_REGION="RegionTwo",
        TEMP_URL_KEY=secrets.token_hex(16),
    )
    result["SWIFT_URL"] = "http://127.0.0.1:%s/v1/AUTH_%s" % (result["PROXY_PORT"], result["SERVICE_PROJECT_ID"])
    return result


def fill(template, target, known):
    with open(os.path.join(HERE, "conf", template)) as text, open(os.path.join(DIR, "etc", target), "w") as out:
        out.write(string.Template(text.read()).substitute(known, DIR=DIR, ME=getpass.getuser()))


def ring(name, port):
    builder = RingBuilder(4, 1, 0)
    builder.add_dev({"region": 1, "zone": 1, "weight": 1, "device": "d1", "meta": "",
                     "ip": "127.0.0.1", "port": port, "replication_ip": "127.0.0.1", "replication_port": port})
    builder.rebalance()
    builder.get_ring().save(os.path.join(DIR, "etc", name + ".ring.gz"))


def login(known):
    """What Keystone wants to hear of the user ferric, for up.sh."""
    user = {"name": "ferric", "domain": {"id": "default"}, "password": known["FERRIC_PASSWORD"]}
    return {"auth": {"identity": {"methods": ["password"], "password": {"user": user}},
                     "scope": {"project": {"id": known["SERVICE_PROJECT_ID"]}}}}


os.umask(0o077)
known = values()
for server in ("account", "container", "object"):
    port = known[server.upper() + "_PORT"]
    fill("storage-server.conf", server + "-server.conf", dict(known, SERVER=server, PORT=port))
    ring(server, port)
for name in ("proxy-server.conf", "object-expirer.conf", "keystone.conf", "glance-api.conf", "glance-paste.ini",
             "glance-swift.conf"):
    fill(name, name, known)
with open(os.path.join(DIR, "etc", "login.json"), "w") as out:
    json.dump(login(known), out)
with open(os.path.join(DIR, "env.new"), "w") as out:
    out.writelines("%s=%s\n" % entry for entry in sorted(known.items()))
