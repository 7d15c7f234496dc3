"""Does what WarmSwift.java does with python-swiftclient: uploads FILE to CONTAINER whenever a line comes in.

With a third argument, md5, what was stored is compared with what was sent, as WarmSwift and "swift upload" do.
"""

import os
import sys
import time

from swiftclient.client import Connection
from swiftclient.utils import LengthWrapper

connection = Connection(
    authurl=os.environ["OS_AUTH_URL"], user=os.environ["OS_USERNAME"], key=os.environ["OS_PASSWORD"], auth_version="3",
    os_options={"project_name": os.environ["OS_PROJECT_NAME"], "user_domain_id": "default",
                "project_domain_id": "default"})
file, container = sys.argv[1:3]
verify = len(sys.argv) > 3
size = os.path.getsize(file)
connection.put_container(container)
for line in sys.stdin:
    start = time.monotonic()
    with open(file, "rb") as content:
        body = LengthWrapper(content, size, md5=verify)
        etag = connection.put_object(container, "swiftclient", body, content_length=size, chunk_size=65536)
    if verify and etag != body.get_md5sum():
        sys.exit("something else was stored")
    print(f"{time.monotonic() - start:.6f}", flush=True)
