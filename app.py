"""The server, for any program that serves WSGI; `python app.py` serves it on this machine."""

from dashboard import create_app

server = create_app()

if __name__ == "__main__":
    import os

    import waitress

    waitress.serve(
        server,
        host="127.0.0.1",
        port=int(os.environ.get("PORT", "8050")),
        ident=None,
        clear_untrusted_proxy_headers=False,  # the application knows whom to believe
    )
