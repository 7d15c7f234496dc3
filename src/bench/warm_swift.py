"""Does what WarmSwift.java does with python-swiftclient: uploads FILE to CONTAINER whenever a line comes in."""

import os
import sys
import time

from swiftclient.client import Connection

connection = Connection(
    authurl=os.environ["OS_AUTH_URL"], user=os.environ["OS_USERNAME"], key=os.environ["OS_PASSWORD"], auth_version="3",
    os_options={"project_name": os.environ["OS_PROJECT_NAME"], "user_domain_id": "default",
                "project_domain_id": "default"})
file, container = sys.argv[1:]
connection.put_container(container)
for line in sys.stdin:
    start = time.monotonic()
    with open(file, "rb") as content:
        connection.put_object(container, "swiftclient", content, content_length=os.path.getsize(file), chunk_size=65536)
    print(f"{time.monotonic() - start:.6f}", flush=True)
