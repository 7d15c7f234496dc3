#!/usr/bin/python3
"""Tells the same stories to a real Ironic and to Ferric, and compares the answers request by request.

    differ.py IRONIC-URL FERRIC-URL [--story WORDS] [--all]

Each line of stories.txt is a request; what may differ stands in intended.yaml, with the reason. Compared are the status,
the headers a client reads, and the body as far as it must be equal on two servers: keys, types, values that are not
ids, times, addresses or sentences. Ends with 1 when anything else differs, or when an intended difference is no more.
--all shows the intended ones too; --story runs one story only.
"""
import argparse
import fnmatch
import http.client
import json
import os
import re
import sys
import time
import urllib.parse
import uuid

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
HEADERS = ("Location", "Content-Type", "Connection", "Allow", "X-OpenStack-Ironic-API-Version",
           "X-OpenStack-Ironic-API-Minimum-Version", "X-OpenStack-Ironic-API-Maximum-Version")
UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")
STEP = re.compile(r"(?P<method>[A-Z]+) (?P<path>\S+)(?: @(?P<version>\S+))?(?: (?P<body>(?!->|until ).+?))?"
                  r"(?: -> (?P<keep>\S+))?(?: until (?P<until>.+))?$")
SENTENCES = ("faultstring", "reason", "last_error", "description", "maintenance_reason", "conductor", "event", "name")
PATIENCE = 5


class Answer:
    def __init__(self, status, headers, body, url):
        self.status, self.headers, self.url = status, headers, url
        self.text = body.decode(errors="replace")
        try:
            self.json = json.loads(self.text) if self.text else None
        except ValueError:
            self.json = None

    def says(self):
        """The sentence of an error; else how the body begins."""
        try:
            return json.loads(self.json["error_message"])["faultstring"]
        except (KeyError, TypeError, ValueError):
            return self.text[:200]

    def parts(self):
        """Everything that is compared, as place: value."""
        found = {"status": str(self.status)}
        for name in HEADERS:
            value = self.headers.get(name)
            if value is not None:
                value = value.split(";")[0].lower() if name == "Content-Type" else value
                found["header " + name] = self.plain(value)
        if self.json is not None:
            self.flatten(self.json, "body", found)
        elif self.text:
            found["body"] = "text"
        return found

    def flatten(self, value, place, found):
        name = place.rsplit(".", 1)[-1]
        if name == "error_message" and isinstance(value, str):
            try:
                self.flatten(json.loads(value), place + "(JSON)", found)
            except ValueError:
                found[place] = "sentence"
        elif isinstance(value, dict):
            found[place] = "{}"
            for key, each in value.items():
                self.flatten(each, place + "." + self.plain(key), found)
        elif isinstance(value, list):
            found[place] = "[%d]" % len(value)
            for index, each in enumerate(value):
                self.flatten(each, "%s[%d]" % (place, index), found)
        elif isinstance(value, str) and name in SENTENCES:
            found[place] = "sentence"
        else:
            found[place] = self.plain(value) if isinstance(value, str) else json.dumps(value)

    def plain(self, text):
        return TIME.sub("<time>", UUID.sub("<uuid>", text.replace(self.url, "<server>")))


class Server:
    def __init__(self, url):
        self.url = url.rstrip("/")
        where = urllib.parse.urlsplit(self.url)
        self.connection = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
        self.known = {}

    def ask(self, step, version, known):
        known = dict(known, **self.known)
        path, body = fill(step["path"], known), step["body"] and fill(step["body"], known)
        version = step["version"] or version
        headers = {"Accept": "application/json"}
        if version != "none":
            headers["X-OpenStack-Ironic-API-Version"] = version
        if body is not None:
            headers["Content-Type"] = "application/json"
        self.connection.request(step["method"], path, body and body.encode(), headers)
        answer = self.connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read(), self.url)

    def tell(self, step, version, known):
        end = time.monotonic() + PATIENCE
        while True:
            answer = self.ask(step, version, known)
            if not step["until"] or holds(answer, step["until"]) or time.monotonic() > end:
                break
            time.sleep(0.1)
        if step["keep"]:
            name, field = step["keep"].split("=")
            self.known[name] = (answer.json or {}).get(field, "none-was-given")
        return answer


def fill(text, known):
    return re.sub(r"\$(\w+)", lambda match: str(known.get(match[1], match[0])), text)


def holds(answer, wanted):
    shown = answer.json if isinstance(answer.json, dict) else {}
    pairs = [each.strip().split("=") for each in wanted.split(",")]
    return all(str(shown.get(field)) == value for field, value in pairs)


def stories(path):
    """(name, versions, steps) of each story of the file."""
    told = []
    with open(path) as lines:
        for number, line in enumerate(lines, 1):
            line = line.strip()
            if line.startswith("== "):
                name, versions = line[3:].split(" @ ")
                told.append((name, versions.split(), []))
            elif line and not line.startswith("#"):
                match = STEP.match(line)
                if not match:
                    sys.exit("%s:%d: not a request: %s" % (path, number, line))
                told[-1][2].append(match.groupdict())
    return told


def names(number, version):
    """What requests of a story may call $name, the same on both servers and used by no other story."""
    seed = "%d-%s" % (number, version.replace(".", "-"))
    mac = uuid.uuid5(uuid.NAMESPACE_DNS, seed).hex
    known = {"s": "s" + seed}
    for i in range(1, 5):
        known["id%d" % i] = str(uuid.uuid5(uuid.NAMESPACE_DNS, "%s/%d" % (seed, i)))
        known["mac%d" % i] = "52:54:%02x:%s:%s:%s" % (i, mac[0:2], mac[2:4], mac[4:6])
    return known


class Differences:
    def __init__(self, intended, shows_all):
        self.intended = [dict(answer, reason=reason) for reason, answers in intended.items() for answer in answers]
        self.shows_all = shows_all
        self.used, self.requests, self.found = set(), 0, []

    def compare(self, story, version, step, ironic, ferric):
        self.requests += 1
        request = "%s %s" % (step["method"], step["path"])
        ours, theirs = ferric.parts(), ironic.parts()
        says = ferric.says()
        if ferric.status != ironic.status:  # all else follows from that
            ours, theirs = {"status": ours["status"]}, {"status": theirs["status"]}
        places = sorted(theirs.keys() | ours.keys())
        gone = [place for place in places if (place in theirs) != (place in ours)]
        for place in places:
            if theirs.get(place) == ours.get(place):
                continue
            if any(place != each and place.startswith((each + ".", each + "[", each + "(")) for each in gone):
                continue  # the whole of it is missing, which is told once
            self.differ((version, story, request, place), theirs.get(place, "-"), ours.get(place, "-"), says)

    def differ(self, key, theirs, ours, says):
        version, story, request, place = key
        reason = self.reason(version, request, place, theirs, ours, says)
        if reason is None or self.shows_all:
            words = "%s %s (%s) | %s: ironic %s, ferric %s" % (version, request, story, place, theirs, ours)
            if reason:
                words += " (intended: %s)" % reason
            elif place == "status":
                words += "   " + says
            print(words, flush=True)
        if reason is None:
            self.found.append(key)

    def reason(self, version, request, place, theirs, ours, says):
        for number, each in enumerate(self.intended):
            wanted = ((each.get("request", "*"), request), (each["place"], place), (each.get("version", "*"), version),
                      (each.get("ironic", "*"), theirs), (each.get("ferric", "*"), ours), (each.get("says", "*"), says))
            if all(matches(pattern, text) for pattern, text in wanted):
                self.used.add(number)
                return each["reason"]
        return None

    def unused(self):
        return [each for number, each in enumerate(self.intended) if number not in self.used]


def matches(pattern, text):
    """Shell wildcards, but brackets are themselves."""
    return any(fnmatch.fnmatchcase(text, each.replace("[", "[[]")) for each in str(pattern).split(" or "))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ironic")
    parser.add_argument("ferric")
    parser.add_argument("--story", default="")
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    with open(os.path.join(HERE, "intended.yaml")) as text:
        differences = Differences(yaml.safe_load(text), given.all)
    for number, (name, versions, steps) in enumerate(stories(os.path.join(HERE, "stories.txt"))):
        if given.story not in name:
            continue
        for version in versions:
            servers, known = (Server(given.ironic), Server(given.ferric)), names(number, version)
            for step in steps:
                ironic, ferric = (server.tell(step, version, known) for server in servers)
                differences.compare(name, version, step, ironic, ferric)
    stale = [] if given.story else differences.unused()
    for each in stale:
        print("intended, but there is no such difference: %s" % each)
    print("%d requests, %d differences" % (differences.requests, len(differences.found)))
    sys.exit(1 if differences.found or stale else 0)


if __name__ == "__main__":
    main()
