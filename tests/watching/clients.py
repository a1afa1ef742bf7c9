"""A browser of a test that takes an answer whole and ends it, as a real server does."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.access.people import closed_client


class Whole(FlaskClient):
    """What is told of a request is told when its answer has ended."""

    def open(self, *args: Any, **named: Any) -> TestResponse:
        return super().open(*args, **named | {"buffered": True})


def whole_client(server: Flask) -> FlaskClient:
    """One that reaches a closed server over HTTPS."""
    server.test_client_class = Whole
    return closed_client(server)
