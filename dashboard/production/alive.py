"""`python -m dashboard.production.alive`: ends with 0 when the server of this machine answers."""

import http.client
import os
import sys

from dashboard.production.settings import use_settings_file

_PATIENCE = 4  # seconds


def is_alive(environment: dict[str, str]) -> bool:
    """Whether the server answers at its own port, to its own name."""
    use_settings_file(environment)
    port = int(environment.get("PORT", "8050"))
    headers = {"Host": environment.get("SEND_HOSTS", "localhost").partition(",")[0]}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/healthz", headers=headers)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_alive(dict(os.environ)) else 1)
