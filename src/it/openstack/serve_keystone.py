"""Keystone of one instance: makes its database, fills it with our users and catalogue, and serves it, in one process.

One start of Python instead of six. Eventlet's server, the one of Swift and Glance, keeps connections open as HTTP/1.1
says (uwsgi's closes them without a word). It is not given eventlet's own sockets and locks: requests run one by one.
"""
import datetime
import gc
import os
import sys
import uuid

import eventlet
import eventlet.wsgi
import keystone.server
from keystone.cmd import bootstrap
from keystone.common import fernet_utils, provider_api
from keystone.common.sql import upgrades
from keystone.server.flask import application, core
from oslo_db.sqlalchemy import enginefacade

DIR = sys.argv.pop(1)  # what is left would be read as options of Keystone
with open(os.path.join(DIR, "env.new")) as lines:
    ENV = dict(line.rstrip("\n").split("=", 1) for line in lines)
API = provider_api.ProviderAPIs

# user: (project, roles)
USERS = {
    "ferric": ("service", ("admin", "service")),
    "swift": ("service", ("admin", "service")),
    "glance": ("service", ("admin", "service")),
    "demo": ("demo", ("member",)),
    "observer": ("demo", ("reader",)),
}
SERVICES = {
    "swift": ("object-store", "http://127.0.0.1:%s/v1/AUTH_%%(tenant_id)s" % ENV["PROXY_PORT"]),
    "glance": ("image", ENV["GLANCE_URL"]),
}


def bootstrapped():
    work = bootstrap.Bootstrapper()
    work.admin_username, work.admin_password = "admin", ENV["ADMIN_PASSWORD"]
    work.project_name, work.admin_role_name, work.service_name = "admin", "admin", "keystone"
    work.region_id = ENV["REGION"]
    work.public_url = work.internal_url = work.admin_url = ENV["AUTH_URL"]
    work.bootstrap()
    return {"admin": work.admin_role_id, "member": work.member_role_id, "reader": work.reader_role_id}


def fill_identity(roles):
    roles["service"] = uuid.uuid4().hex
    API.role_api.create_role(roles["service"], {"id": roles["service"], "name": "service"})
    projects = {"service": ENV["SERVICE_PROJECT_ID"], "demo": ENV["DEMO_PROJECT_ID"]}
    for name, project in projects.items():
        API.resource_api.create_project(
            project, {"id": project, "name": name, "domain_id": "default", "enabled": True, "description": ""})
    for name, (project, granted) in USERS.items():
        user = API.identity_api.create_user({
            "name": name, "password": ENV[name.upper() + "_PASSWORD"], "domain_id": "default", "enabled": True,
            "default_project_id": projects[project]})
        for role in granted:
            API.assignment_api.create_grant(roles[role], user_id=user["id"], project_id=projects[project])


def tell_of_expired_tokens():
    """Nobody can wait for tokens to expire: these did before they were issued, the second beyond what services may use."""
    demo = API.identity_api.get_user_by_name("demo", "default")["id"]
    now = datetime.datetime.utcnow()
    with open(os.path.join(DIR, "env.new"), "a") as lines:
        for name, ago in (("EXPIRED_TOKEN", 1), ("LONG_EXPIRED_TOKEN", 24 * 365)):
            token = API.token_provider_api.issue_token(
                demo, ["password"], expires_at=now - datetime.timedelta(hours=ago), project_id=ENV["DEMO_PROJECT_ID"])
            lines.write("%s=%s\n" % (name, token.id))


def fill_catalogue():
    API.catalog_api.create_region({"id": ENV["EMPTY_REGION"], "description": "", "parent_region_id": None})
    for name, (kind, url) in SERVICES.items():
        service = uuid.uuid4().hex
        API.catalog_api.create_service(service, {"id": service, "type": kind, "name": name, "enabled": True})
        for interface in ("public", "internal", "admin"):
            endpoint = uuid.uuid4().hex
            API.catalog_api.create_endpoint(endpoint, {
                "id": endpoint, "service_id": service, "interface": interface, "url": url, "enabled": True,
                "region_id": ENV["REGION"]})


def logged(app, log):
    """One line a request: method, path, status, user agent; for who wonders what a test asked."""
    def call(environ, start_response):
        def start(status, headers, *rest):
            log.write("%s %s %s %s\n" % (environ["REQUEST_METHOD"], environ["PATH_INFO"], status.split()[0],
                                         environ.get("HTTP_USER_AGENT", "-")))
            if status.startswith("204"):
                headers = headers + [("Content-Length", "0")]  # else eventlet says "chunked", which 204 must not be
            return start_response(status, headers, *rest)
        return app(environ, start)
    return call


keystone.server.configure(config_files=[os.path.join(DIR, "etc", "keystone.conf")])
for group in ("fernet_tokens", "credential", "fernet_receipts"):
    config = keystone.conf.CONF[group]
    keys = fernet_utils.FernetUtils(config.key_repository, getattr(config, "max_active_keys", 3), group)
    keys.create_key_directory()
    keys.initialize_key_repository()
upgrades.offline_sync_database_to_version()
fill_identity(bootstrapped())
fill_catalogue()
tell_of_expired_tokens()
# What was read up to here may have left a cursor open, and its lock on the database makes every write wait in vain.
gc.collect()
enginefacade.writer.get_engine().dispose()
app = core.setup_app_middleware(application.application_factory("public"))
requests = open(os.path.join(DIR, "log", "keystone-requests.log"), "a", buffering=1)
listener = eventlet.listen(("127.0.0.1", int(ENV["KEYSTONE_PORT"])), backlog=128)
eventlet.wsgi.server(listener, logged(app, requests), log_output=False)
