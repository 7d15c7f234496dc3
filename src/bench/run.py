#!/usr/bin/env python3
"""Holds Ferric against its peers, side by side in one run, and prints medians and ratios.

    src/bench/run.py [iscsi] [qcow2] [images] [start] [lab] [qemu] [swift] [ilo] [api]     all of them when none is named

Needs target/ferric.jar (mvn -DskipTests package) and tgt, qemu-utils, qemu-block-extra, genisoimage, dosfstools, mtools,
isolinux and syslinux-common; qemu needs what docs/lab.md lists,
swift what src/it/openstack/install.sh installs, ilo python3-hpilo and python3-proliantutils, api wrk and what swift needs. Works in /dev/shm, so that a disk is not what is measured; takes about 4 GiB of it.
"""

import http.client
import json
import os
import re
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JAR = ROOT / "target" / "ferric.jar"
LAUNCHER = ROOT / "src" / "program" / "ferric"
RUNS = 5
GIB = 1 << 30


def measure(command, **more):
    """Runs a whole process and returns (wall seconds, CPU seconds of it and its children)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{command} exited with {done.returncode}:\n{done.stderr.decode(errors='replace')}")
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return wall, cpu


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(what, deadline=20.0, pause=0.02):
    end = time.monotonic() + deadline
    while time.monotonic() < end:
        try:
            if what():
                return
        except OSError:
            pass
        time.sleep(pause)
    sys.exit("gave up waiting")


def row(name, walls, cpus=None, note=""):
    text = f"  {name:34s} {statistics.median(walls):8.3f} s  ({min(walls):.3f} .. {max(walls):.3f})"
    if cpus:
        text += f"   cpu {statistics.median(cpus):6.2f} s"
    print(text + ("   " + note if note else ""))


def ratio(name, other, mine):
    """Pair by pair, so that a drift of the machine's speed does not count."""
    pairs = [a / b for a, b in zip(other, mine)]
    print(f"  {name:34s} {statistics.median(pairs):8.2f} x  ({min(pairs):.2f} .. {max(pairs):.2f})")


class Tgtd:
    """A real iSCSI target in user space, with one disk at LUN 1."""

    def __init__(self, backing, iqn, thin=False):
        self.port = free_port()
        self.control = os.getpid() % 30000 + 100
        self.process = subprocess.Popen(
            ["tgtd", "-f", "-C", str(self.control), "--iscsi", f"portal=127.0.0.1:{self.port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: self.admin("sys", "show", check=False) == 0)
        self.admin("target", "new", "--tid", "1", "-T", iqn)
        self.admin("logicalunit", "new", "--tid", "1", "--lun", "1", "-b", str(backing))
        if thin:  # only then it makes zeros itself
            self.admin("logicalunit", "update", "--tid", "1", "--lun", "1", "--params", "thin_provisioning=1")
        self.admin("target", "bind", "--tid", "1", "-I", "ALL")

    def admin(self, mode, operation, *more, check=True):
        command = ["tgtadm", "-C", str(self.control), "--lld", "iscsi", "--mode", mode, "--op", operation, *more]
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=check).returncode

    def cpu(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def bench_iscsi(folder):
    print("iSCSI: 1 GiB of random data to tgtd on tmpfs, whole cold process")
    image, disk, iqn = folder / "random", folder / "disk", "iqn.2026-11.io.ferric:bench"
    with open("/dev/urandom", "rb") as noise, open(image, "wb") as out:
        for _ in range(GIB >> 20):
            out.write(noise.read(1 << 20))
    with open(disk, "wb") as out:
        out.truncate(GIB)
    tgtd = Tgtd(disk, iqn)
    url = f"iscsi://127.0.0.1:{tgtd.port}/{iqn}/1"
    write = ["iscsi", "write", "--portal", f"127.0.0.1:{tgtd.port}", "--iqn", iqn, "--lun", "1", "--image", str(image)]
    commands = {
        "ferric iscsi write, -Xmx64m": ["env", "FERRIC_JAVA_OPTIONS=-Xmx64m", str(LAUNCHER), *write],
        "java -jar ferric.jar, -Xmx64m": ["java", "-Xmx64m", "-jar", str(JAR), *write],
        "qemu-img convert -n -W -m 16": [
            "qemu-img", "convert", "-n", "-W", "-m", "16", "-f", "raw", "-O", "raw", str(image), url],
        "qemu-img convert -n": ["qemu-img", "convert", "-n", "-f", "raw", "-O", "raw", str(image), url],
    }
    walls = {name: [] for name in commands}
    cpus = {name: [] for name in commands}
    target = {name: [] for name in commands}
    try:
        for turn in range(RUNS + 1):
            for name, command in commands.items():
                with open(disk, "r+b") as wipe:
                    wipe.write(b"\0" * (8 << 20))
                before = tgtd.cpu()
                wall, cpu = measure(command)
                if subprocess.run(["cmp", str(image), str(disk)]).returncode != 0:
                    sys.exit(f"{name} wrote something else")
                if turn > 0:
                    walls[name].append(wall)
                    cpus[name].append(cpu)
                    target[name].append(tgtd.cpu() - before)
    finally:
        tgtd.close()
    ours, bare, fast, plain = commands
    for name in commands:
        row(name, walls[name], cpus[name], f"tgtd {statistics.median(target[name]):.2f} s")
    ratio("rate, against -W -m 16", walls[fast], walls[ours])
    ratio("rate, against plain", walls[plain], walls[ours])
    ratio("java -jar, against -W -m 16", walls[fast], walls[bare])
    ratio("java -jar, against plain", walls[plain], walls[bare])


def bench_qcow2(folder):
    print("qcow2 of 8 GiB with 300 MiB allocated, to tgtd with a sparse backing file, whole cold process")
    image, raw, disk, iqn = folder / "image.qcow2", folder / "image.raw", folder / "disk", "iqn.2026-11.io.ferric:qcow2"
    random = folder / "random"
    random.write_bytes(os.urandom(100 << 20))
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", str(image), "8G"], check=True)
    for place in (0, 3, 6):
        subprocess.run(["qemu-io", "-f", "qcow2", "-c", f"write -q -s {random} {place}G 100M", str(image)], check=True)
    random.unlink()
    with open(disk, "wb") as out:
        out.truncate(8 * GIB)
    tgtd = Tgtd(disk, iqn, thin=True)
    url = f"iscsi://127.0.0.1:{tgtd.port}/{iqn}/1"
    write = ["iscsi", "write", "--portal", f"127.0.0.1:{tgtd.port}", "--iqn", iqn, "--lun", "1", "--image", str(image)]
    to_raw = f"rm -f {raw} && qemu-img convert -f qcow2 -O raw {image} {raw} && qemu-img convert -n -f raw -O raw"
    commands = {
        "ferric iscsi write, -Xmx96m": ["env", "FERRIC_JAVA_OPTIONS=-Xmx96m", str(LAUNCHER), *write],
        "qemu-img convert -n -W -m 16": [
            "qemu-img", "convert", "-n", "-W", "-m", "16", "-f", "qcow2", "-O", "raw", str(image), url],
        "raw file, then every byte, as dd": ["sh", "-c", f"{to_raw} -S 0 {raw} {url}"],
        "raw file, then qemu-img convert -n": ["sh", "-c", f"{to_raw} {raw} {url}"],
    }
    walls = {name: [] for name in commands}
    cpus = {name: [] for name in commands}
    target = {name: [] for name in commands}
    try:
        for turn in range(RUNS + 1):
            for name, command in commands.items():
                with open(disk, "r+b") as wipe:
                    wipe.truncate(0)
                    wipe.truncate(8 * GIB)
                    for place in (0, 1, 5):  # garbage where the image has data and where it has none
                        wipe.seek(place * GIB)
                        wipe.write(b"\xa5" * (8 << 20))
                before = tgtd.cpu()
                wall, cpu = measure(command)
                compare = ["qemu-img", "compare", "-q", "-f", "qcow2", "-F", "raw", str(image), str(disk)]
                if subprocess.run(compare).returncode != 0:
                    sys.exit(f"{name} wrote something else")
                if turn > 0:
                    walls[name].append(wall)
                    cpus[name].append(cpu)
                    target[name].append(tgtd.cpu() - before)
        warm_runs = [float(line) for line in subprocess.run(
            ["java", "-Xmx96m", "-cp", str(JAR), str(ROOT / "src/bench/WarmQcow2.java"), str(image), str(tgtd.port), iqn,
             str(disk), str(RUNS)], check=True, stdout=subprocess.PIPE, text=True).stdout.split()]
    finally:
        tgtd.close()
    ours, straight, every, twice = commands
    for name in commands:
        row(name, walls[name], cpus[name], f"tgtd {statistics.median(target[name]):.2f} s")
    row("Ferric in a running JVM, -Xmx96m", warm_runs)
    ratio("rate, against -W -m 16", walls[straight], walls[ours])
    ratio("rate in a running JVM, against it", walls[straight], warm_runs)
    ratio("rate, against a raw file and dd", walls[every], walls[ours])
    ratio("rate, against a raw file and qemu", walls[twice], walls[ours])


def warm(folder):
    out = subprocess.run(
        ["java", "-Xmx64m", "-cp", str(JAR), str(ROOT / "src/bench/WarmImages.java"), str(folder), str(RUNS)],
        check=True, stdout=subprocess.PIPE, text=True).stdout
    found = {}
    for line in out.splitlines():
        name, seconds = line.split()
        found.setdefault(name, []).append(float(seconds))
    return found


def bench_images(folder):
    for name, size in (("kernel", 14 << 20), ("ramdisk", 300 << 20)):
        (folder / name).write_bytes(os.urandom(size))
    shutil.copy("/usr/lib/ISOLINUX/isolinux.bin", folder / "isolinux.bin")
    ours = warm(folder)
    tree = folder / "tree"
    (tree / "isolinux").mkdir(parents=True)
    os.link(folder / "kernel", tree / "vmlinuz")
    os.link(folder / "ramdisk", tree / "initrd")
    (tree / "isolinux/isolinux.cfg").write_text("default boot\n")
    peer, plain, floppy = [], [], []
    for _ in range(RUNS):
        # genisoimage patches isolinux.bin in the tree, so it gets a fresh one each time.
        shutil.copy("/usr/lib/ISOLINUX/isolinux.bin", tree / "isolinux/isolinux.bin")
        peer.append(measure([
            "genisoimage", "-quiet", "-r", "-J", "-V", "VMEDIA_BOOT_ISO", "-no-emul-boot", "-boot-load-size", "4",
            "-boot-info-table", "-b", "isolinux/isolinux.bin", "-c", "isolinux/boot.cat",
            "-o", str(folder / "peer.iso"), str(tree)])[0])
        plain.append(measure(["sh", "-c", f"cat {folder}/kernel {folder}/ramdisk >{folder}/plain"])[0])
        floppy.append(measure(["sh", "-c", (
            f"rm -f {folder}/f; truncate -s 100K {folder}/f && mkfs.vfat -n ir-vfd-dev {folder}/f && "
            f"mcopy -i {folder}/f {tree}/isolinux/isolinux.cfg ::parameters.txt && "
            f"mcopy -i {folder}/f {tree}/isolinux/isolinux.cfg ::token")])[0])
    print("boot ISO with a 300 MiB ramdisk on tmpfs, warm process under -Xmx64m")
    row("ferric", ours["iso"])
    row("genisoimage", peer)
    row("cat", plain)
    ratio("rate, against genisoimage", peer, ours["iso"])
    print("vfat floppy, warm process")
    row("ferric", ours["floppy"])
    row("mkfs.vfat + mcopy", floppy)
    ratio("rate, against mkfs.vfat + mcopy", floppy, ours["floppy"])


def bench_start(folder):
    print("ferric serve: from the start of the process to the first answered request")
    walls = []
    for turn in range(RUNS + 1):
        port = free_port()
        state = folder / f"state{turn}"
        config = folder / f"serve{turn}.yaml"
        config.write_text(f"state_directory: {state}\nrest:\n  host: 127.0.0.1\n  port: {port}\n"
                          "publisher:\n  local:\n    port: 0\n")
        start = time.monotonic()
        process = subprocess.Popen(
            ["java", "-jar", str(JAR), "serve", "--config", str(config)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/nodes", timeout=5).status == 200)
            if turn > 0:
                walls.append(time.monotonic() - start)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
    row("ready to serve", walls)


def lab(options, runs):
    """Wall seconds of whole runs of the lab; the first, which warms the page cache, does not count."""
    walls = []
    for turn in range(runs + 1):
        work = Path(tempfile.mkdtemp(prefix="ferric-bench-lab-"))  # not below /dev, where file:// may not lead
        start = time.monotonic()
        done = subprocess.run(
            ["java", "-jar", str(JAR), "lab", "--json", "--work-dir", str(work), *options],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        wall = time.monotonic() - start
        if done.returncode != 0 or json.loads(done.stdout)["provision_state"] != "active":
            sys.exit("the lab failed")
        if turn > 0:
            walls.append(wall)
        shutil.rmtree(work)
    return walls


def bench_lab(folder):
    print("ferric lab: a whole deploy with its simulated server, whole cold process")
    row("lab", lab([], RUNS))


def bench_qemu(folder):
    print("ferric lab --qemu: a deploy and boot of an emulated server, whole cold process")
    row("BIOS, virtio", lab(["--qemu"], 3), note="of 3")
    row("UEFI, virtio", lab(["--qemu", "--firmware", "uefi"], 3), note="of 3")


class Uploader:
    """A process that uploads when told to."""

    def __init__(self, command, environment):
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def upload(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def bench_swift(folder):
    size = int(os.environ.get("BENCH_SWIFT_MIB", "1024"))
    print(f"Swift: a random file of {size} MiB to a real Swift, warm processes, in turn")
    image, scripts = folder / "random", ROOT / "src/it/openstack"
    cloud = Path(tempfile.mkdtemp(prefix="ferric-bench-swift-"))  # tmpfs of older kernels has no user attributes
    with open("/dev/urandom", "rb") as noise, open(image, "wb") as out:
        for _ in range(size):
            out.write(noise.read(1 << 20))
    subprocess.run([scripts / "up.sh", cloud], check=True)
    uploaders = {}
    try:
        env = dict(line.split("=", 1) for line in (cloud / "env").read_text().splitlines())
        user = {"PATH": os.environ["PATH"], "OS_AUTH_URL": env["AUTH_URL"], "OS_USERNAME": "ferric",
                "OS_PASSWORD": env["FERRIC_PASSWORD"], "OS_PROJECT_NAME": "service"}
        commands = {
            "SwiftApi, -Xmx96m": ["java", "-Xmx96m", "-cp", str(JAR), str(ROOT / "src/bench/WarmSwift.java")],
            "swiftclient, MD5 compared": ["/usr/bin/python3", str(ROOT / "src/bench/warm_swift.py")],
            "swiftclient, unverified": ["/usr/bin/python3", str(ROOT / "src/bench/warm_swift.py")],
        }
        arguments = {name: [str(image), "bench"] + ["md5"] * ("MD5" in name) for name in commands}
        uploaders = {name: Uploader([*command, *arguments[name]], user) for name, command in commands.items()}
        walls = {name: [] for name in commands}
        for turn in range(RUNS + 1):
            for name, uploader in uploaders.items():
                wall = uploader.upload()
                if turn > 0:
                    walls[name].append(wall)
    finally:
        for uploader in uploaders.values():
            uploader.close()
        subprocess.run([scripts / "down.sh", cloud], check=True)
        shutil.rmtree(cloud, ignore_errors=True)
    ours, verified, plain = commands
    for name in commands:
        row(name, walls[name])
    ratio("rate, against swiftclient + MD5", walls[verified], walls[ours])
    ratio("rate, against swiftclient", walls[plain], walls[ours])


class Farm:
    """A thousand iLOs in one process."""

    def __init__(self, profile, count):
        self.process = subprocess.Popen(
            ["java", "-cp", str(JAR), str(ROOT / "src/bench/WarmFarm.java"), profile, str(count)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.ilos = [self.process.stdout.readline().split() for _ in range(count)]

    def ask(self, line=""):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Service:
    """ferric serve with 128 MiB of heap, an embedded database, and a node for each iLO."""

    def __init__(self, folder, ilos, workers, interval):
        port = free_port()
        config = folder / "serve.yaml"
        config.write_text(f"state_directory: {folder / 'state'}\nrest:\n  host: 127.0.0.1\n  port: {port}\n"
                          "publisher:\n  local:\n    port: 0\n"
                          f"conductor:\n  sync_power_state_interval: {interval}s\n"
                          f"  force_power_state_during_sync: false\n  periodic_max_workers: {workers}\n")
        self.url = f"http://127.0.0.1:{port}"
        self.log = open(folder / "serve.log", "w")
        self.process = subprocess.Popen(["java", "-Xmx128m", "-jar", str(JAR), "serve", "--config", str(config)],
                                        stdout=self.log, stderr=self.log)
        wait_until(lambda: self.call("GET", "/v1/nodes?limit=1"), 60)
        for ilo_port, fingerprint in ilos:
            info = {"ilo_address": "127.0.0.1", "client_port": int(ilo_port), "ilo_username": "Administrator",
                    "ilo_password": "pretend-9", "ilo_fingerprint": fingerprint}
            self.call("POST", "/v1/nodes", {"driver": "ilo", "driver_info": info})

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "X-OpenStack-Ironic-API-Version": "1.38"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"{}")

    def nodes(self):
        found, path = [], "/v1/nodes?fields=uuid,power_state,provision_state,last_error&limit=1000"
        while path:
            page = self.call("GET", path)
            found += page["nodes"]
            path = page.get("next", "").removeprefix(self.url)
        return found

    def manage(self):
        """Verifies all nodes: their power is read for the first time."""
        for node in self.nodes():
            while True:
                try:
                    self.call("PUT", f"/v1/nodes/{node['uuid']}/states/provision", {"target": "manage"})
                    break
                except urllib.error.HTTPError as e:
                    if e.code != 503:
                        raise
                    time.sleep(0.05)  # all workers are busy
        wait_until(lambda: all(each["provision_state"] == "manageable" for each in self.nodes()), 300, 1)

    def heap(self):
        """MiB of heap in use, as the JVM tells it now."""
        histogram = subprocess.run(["jcmd", str(self.process.pid), "GC.heap_info"], stdout=subprocess.PIPE, text=True)
        used = [int(word[:-1]) for word in histogram.stdout.replace(",", " ").split() if word.endswith("K")]
        return used[1] // 1024 if len(used) > 1 else 0

    def resident(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024

    def cpu(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.log.close()


def sync(farm, service, changed):
    """Lets every server's power change and waits until the conductor has seen all of them; wall seconds from the last
    look that found none of them seen to the first that finds all, so rather too many."""
    farm.ask("flip")
    begun, end = time.monotonic(), time.monotonic() + 300
    while time.monotonic() < end:
        looked = time.monotonic()
        seen = sum(node["power_state"] == changed for node in service.nodes())
        if seen == 0:
            begun = looked
        if seen == len(farm.ilos):
            return time.monotonic() - begun
        time.sleep(0.5)
    sys.exit("the powers were not read within 300 s")


def bench_ilo(folder):
    count, workers = int(os.environ.get("BENCH_ILOS", "1000")), int(os.environ.get("BENCH_WORKERS", "8"))
    for profile, protocol, peers in (("ilo4-gen9", "RIBCL", ("hpilo", "proliantutils")), ("ilo5", "Redfish", ("proliantutils",))):
        work = folder / profile
        work.mkdir()
        print(f"power sync of {count} iLOs, {profile}, periodic_max_workers {workers}, -Xmx128m")
        farm = Farm(profile, count)
        try:
            service = Service(work, farm.ilos, workers, 20)
            try:
                start = time.monotonic()
                service.manage()
                row("verify, all nodes", [time.monotonic() - start])
                walls, cpus = [], []
                for turn in range(4):
                    cpu = service.cpu()
                    walls.append(sync(farm, service, "power on" if turn % 2 == 0 else "power off"))
                    cpus.append(service.cpu() - cpu)
                row("power sync, all nodes", walls, cpus, f"of {len(walls)}")
                print(f"  connections open at once, at most {farm.ask():5d}; heap in use {service.heap()} MiB, "
                      f"resident at most {service.resident()} MiB")
            finally:
                service.close()
            mine = statistics.median(walls) / count
            for peer in peers:
                out = subprocess.run(
                    ["/usr/bin/python3", str(ROOT / "src/bench/ilo_power.py"), peer], check=True, text=True,
                    input="".join(port + "\n" for port, _ in farm.ilos[:50]), stdout=subprocess.PIPE).stdout
                seconds = [float(line) for line in out.split()]
                row(f"{peer}, a node, of {len(seconds)} in turn", seconds)
                ratio(f"a node, against {peer}", [sum(seconds) / len(seconds)], [mine])
        finally:
            farm.close()


class RestServer:
    """A server of Ironic's API with nodes of the fake driver, and the processes that make it up."""

    def __init__(self, name, url, pids, stop):
        self.name, self.url, self.pids, self.stop = name, url, pids, stop
        where = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(where.hostname, where.port, timeout=120)

    def ask(self, method, path, body=None):
        self.connection.request(method, path, body and json.dumps(body),
                                {"Content-Type": "application/json", "X-OpenStack-Ironic-API-Version": "1.81"})
        answer = self.connection.getresponse()
        data = answer.read()
        if answer.status not in (200, 201, 204):
            sys.exit(f"{self.name}: {method} {path}: {answer.status} {data[:300]}")
        return json.loads(data or b"null")

    @staticmethod
    def a_node(name):
        return {"driver": "fake-hardware", "name": name, "properties": {"cpus": 4, "memory_mb": 8192, "local_gb": 100},
                "driver_info": {"a": "b"}, "resource_class": "baremetal"}

    def warm(self, paths, seconds):
        """Lets it come to its stride, as a service that has run for a while: enrols and deletes, then reads."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.ask("DELETE", "/v1/nodes/" + self.ask("POST", "/v1/nodes", self.a_node("warm-up"))["uuid"])
        for path, connections, _ in paths:
            wrk(self.url + path, connections, seconds)

    def enrol(self, numbers):
        """Nodes a second, one after another on one connection.

        Each request is sent as one piece and of the answer only the status and the length are looked at: Python's own
        client takes 0.16 ms of a processor for a request, this one 0.03 ms, and a server is measured, not its client.
        """
        self.connection.close()  # it may have been silent for too long; the next request of ask() opens another
        host = urllib.parse.urlsplit(self.url)
        requests = []
        for number in numbers:
            body = json.dumps(self.a_node(f"bench-{number:06d}")).encode()
            requests.append((f"POST /v1/nodes HTTP/1.1\r\nHost: {host.netloc}\r\nContent-Type: application/json\r\n"
                             f"X-OpenStack-Ironic-API-Version: 1.81\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body)
        with socket.create_connection((host.hostname, host.port), 120) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            start = time.monotonic()
            for request in requests:
                connection.sendall(request)
                self.created(connection)
            return len(requests) / (time.monotonic() - start)

    def created(self, connection):
        """Reads one answer, which must be 201."""
        answer, end = b"", None
        while end is None or len(answer) < end:
            more = connection.recv(65536)
            if not more:
                sys.exit(f"{self.name}: the connection ended within an answer: {answer[:300]}")
            answer += more
            head = answer.find(b"\r\n\r\n")
            if end is None and head >= 0:
                end = head + 4 + int(re.search(rb"(?i)\ncontent-length: *(\d+)", answer[:head])[1])
        if not answer.startswith(b"HTTP/1.1 201"):
            sys.exit(f"{self.name}: POST /v1/nodes: {answer[:300]}")

    def resident(self):
        """MiB in main memory, of the processes and of what they forked."""
        total = 0
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            except OSError:
                continue
            if {int(fields["Pid"]), int(fields["PPid"])} & self.pids and "VmRSS" in fields:
                total += int(fields["VmRSS"].split()[0])
        return total // 1024


def wrk(url, connections, seconds):
    """(requests a second, p50 and p99 in ms)"""
    out = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s", "-H",
                          "X-OpenStack-Ironic-API-Version: 1.81", url], check=True, text=True,
                         stdout=subprocess.PIPE).stdout
    if "Non-2xx" in out or "Requests/sec" not in out:
        sys.exit(f"{url}:\n{out}")
    units = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}

    def latency(percent):
        value, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s|m)", out).groups()
        return float(value) * units[unit]

    return float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]), latency(50), latency(99)


def real_ironic():
    process = subprocess.Popen(["/usr/bin/python3", str(ROOT / "src/it/api/serve_ironic.py")], text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    _, url, *pids = process.stdout.readline().split()

    def stop():
        process.stdin.close()
        process.wait(timeout=60)

    return RestServer("ironic 21.4.4", url, set(map(int, pids)), stop)


class Postgres:
    """A PostgreSQL of Debian's with its defaults, on a port of its own."""

    def __init__(self, folder):
        self.port, data = free_port(), folder / "postgres"
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
        if not found:
            sys.exit("no /usr/lib/postgresql: install postgresql")
        data.mkdir()
        shutil.chown(data, "postgres", "postgres")
        for above in (folder, *folder.parents):
            if above.stat().st_mode & 0o001 == 0:
                above.chmod(above.stat().st_mode | 0o011)
        start = {"user": "postgres", "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([found[-1].parent / "initdb", "-D", data, "-A", "trust", "-E", "UTF8"], check=True, cwd="/", **start)
        self.process = subprocess.Popen([found[-1], "-D", data, "-p", str(self.port), "-h", "127.0.0.1", "-k", data],
                                        cwd="/", **start)
        wait_until(lambda: subprocess.run(
            [found[-1].parent / "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "ferric"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0)
        self.store = f"store:\n  url: jdbc:postgresql://127.0.0.1:{self.port}/ferric\n  username: postgres\n"

    def close(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)


def ferric_rest(folder, name="ferric -Xmx128m", store=""):
    folder.mkdir(exist_ok=True)
    port, config = free_port(), folder / "api.yaml"
    config.write_text(f"state_directory: {folder / 'state'}\nrest:\n  port: {port}\npublisher:\n  local:\n    port: 0\n"
                      f"conductor:\n  sync_power_state_interval: 600s\n{store}")
    process = subprocess.Popen([str(LAUNCHER), "serve", "--config", str(config)],  # which becomes the JVM
                               env={**os.environ, "FERRIC_JAVA_OPTIONS": "-Xmx128m"},
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop():
        process.terminate()
        process.wait(timeout=60)

    try:
        wait_until(lambda: socket.create_connection(("127.0.0.1", port), 1).close() is None, 60)
    except BaseException:
        stop()
        raise
    return RestServer(name, f"http://127.0.0.1:{port}", {process.pid}, stop)


def bench_api(folder):
    """The same requests to Ironic's API and to ours, enrolment also on PostgreSQL, in turn; then ours alone with many nodes."""
    count, many = 1000, int(os.environ.get("BENCH_NODES", "100000"))
    warm = int(os.environ.get("BENCH_WARM", "20"))
    print(f"REST API, {count} nodes of the fake driver, wrk with one thread, each load once for {warm} s uncounted")
    servers = []
    try:
        servers.append(real_ironic())
        servers.append(ferric_rest(folder))
        rates = {server.name: {} for server in servers}
        loads = {"one node, 8 connections": lambda server: ("/v1/nodes/" + node[server.name], 8, 4),
                 "1,000 with details": lambda server: ("/v1/nodes/detail?limit=1000", 1, 6)}
        node = {}
        for server in servers:
            server.enrol(range(count // 5))
            node[server.name] = server.ask("GET", "/v1/nodes?limit=1")["nodes"][0]["uuid"]
            server.warm([load(server) for load in loads.values()], warm)
        postgres = Postgres(folder)
        servers.append(ferric_rest(folder / "on-postgresql", "on PostgreSQL", postgres.store))
        servers[2].enrol(range(count // 5))
        servers[2].warm([], warm)
        for first in range(count // 5, count, count // 5):  # in turn, so that a drift of the machine does not count
            for server in servers:
                rates.setdefault(server.name, {}).setdefault("enrol", []).append(
                    server.enrol(range(first, first + count // 5)))
        print(f"  enrol, on PostgreSQL                      {statistics.median(rates[servers[2].name]['enrol']):9.1f} a second")
        ratio("enrol, on PostgreSQL / ironic", rates[servers[2].name]["enrol"], rates[servers[0].name]["enrol"])
        servers.pop().stop()  # what follows is of one Ironic and one Ferric, which share two processors
        postgres.close()
        for turn in range(4):
            for server in servers:
                for load, request in loads.items():
                    path, connections, seconds = request(server)
                    found = wrk(server.url + path, connections, seconds)
                    if turn > 0:
                        rates[server.name].setdefault(load, []).append(found)
        for load in ("enrol", *loads):
            for server in servers:
                found = rates[server.name][load]
                rate = statistics.median(each if load == "enrol" else each[0] for each in found)
                words = "" if load == "enrol" else "   p50 %.2f ms  p99 %.2f ms" % tuple(
                    statistics.median(each[place] for each in found) for place in (1, 2))
                print(f"  {load:24s} {server.name:16s} {rate:9.1f} a second{words}")
            theirs, ours = ([each if load == "enrol" else each[0] for each in rates[server.name][load]]
                            for server in servers)
            ratio(load + ", ferric / ironic", ours, theirs)
        memory = [server.resident() for server in servers]
        print(f"  resident: ironic-api + ironic-conductor {memory[0]} MiB, ferric {memory[1]} MiB, "
              f"{memory[1] / memory[0]:.2f} of it")
        servers.pop(0).stop()
        ferric = servers[0]
        page = [wrk(ferric.url + "/v1/nodes?limit=100", 1, 5)[1] for _ in range(3)]
        ferric.enrol(range(count, many))
        middle = ferric.ask("GET", "/v1/nodes/bench-%06d" % (many // 2))["uuid"]
        for name, path in (("first page", "/v1/nodes?limit=100"), ("page in the middle", f"/v1/nodes?limit=100&marker={middle}")):
            later = [wrk(ferric.url + path, 1, 5)[1] for _ in range(3)]
            print(f"  {name} of 100, p50: {statistics.median(page):.2f} ms of {count} nodes, "
                  f"{statistics.median(later):.2f} ms of {many}, {statistics.median(later) / statistics.median(page):.2f} x")
        print(f"  resident with {many} nodes: {ferric.resident()} MiB")
    finally:
        for server in servers:
            server.stop()


def main(names):
    if not JAR.exists():
        sys.exit(f"{JAR} is missing: run mvn -q -DskipTests package first")
    java = subprocess.run(["java", "-version"], stderr=subprocess.PIPE, text=True).stderr.splitlines()[0]
    print(f"{java}; {os.cpu_count()} CPUs; load {os.getloadavg()[0]:.1f}; medians of {RUNS}, least .. most in brackets\n")
    benches = {"iscsi": bench_iscsi, "qcow2": bench_qcow2, "images": bench_images, "start": bench_start,
               "lab": bench_lab, "qemu": bench_qemu, "swift": bench_swift,
               "ilo": bench_ilo, "api": bench_api}
    for name in names or benches:
        if name not in benches:
            sys.exit(f"no bench {name}; there are {', '.join(benches)}")
        folder = Path(tempfile.mkdtemp(prefix="ferric-bench-", dir="/dev/shm"))
        try:
            benches[name](folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print()


if __name__ == "__main__":
    main(sys.argv[1:])
