"""A real nginx with the site of `deploy/etc`, on ports and in a folder of a test."""

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.production.ground import ROOT

SITE = ROOT / "deploy" / "etc" / "nginx" / "sites-enabled" / "send-dashboard"
BROTLI = Path("/etc/nginx/modules-enabled/50-mod-http-brotli-static.conf")


@contextmanager
def nginx(
    folder: Path,
    server: str,
    port: int,
    plain: int,
    change: Callable[[str], str] = lambda words: words,
) -> Iterator[None]:
    """It stands before the server at that port.

    Args:
        port: for HTTPS, with a certificate of this test; `plain` is for HTTP.
        change: what somebody has changed in the site.
    """
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    certificate += ["-subj", "/CN=test", "-keyout", f"{folder}/k.pem", "-out", f"{folder}/c.pem"]
    subprocess.run(certificate, check=True, capture_output=True)
    words = re.sub(r"\n *listen \[::\][^\n]*", "", change(SITE.read_text()))
    for one, other in (
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("127.0.0.1:8050", f"127.0.0.1:{server}"),
        ("/etc/ssl/certs/ssl-cert-snakeoil.pem", f"{folder}/c.pem"),
        ("/etc/ssl/private/ssl-cert-snakeoil.key", f"{folder}/k.pem"),
    ):
        assert one in words
        words = words.replace(one, other)
    whole = folder / "whole.conf"
    whole.write_text(_around(folder, words))
    process = subprocess.Popen(["nginx", "-c", str(whole)], stderr=subprocess.PIPE, text=True)
    try:
        time.sleep(1)
        assert process.poll() is None, process.communicate()[1]
        yield
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _around(folder: Path, site: str) -> str:
    """What Debian has round a site, as far as this one needs it."""
    kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{name}_temp_path {folder}/{name};" for name in kept)
    module = "load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;"
    return (
        f"{module * BROTLI.is_file()} daemon off; user root; error_log {folder}/error.log; "
        f"pid {folder}/pid; events {{ }} http {{ include /etc/nginx/mime.types; "
        f"access_log off; {paths} {site} }}"
    )
