"""`python -m tests.guides.take`: walks the guides and writes their pictures anew."""

import os
import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    os.environ["SEND_PICTURES"] = "1"
    walks = str(Path(__file__).with_name("test_guides.py"))
    sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", "-k", "can_be_done", walks]))
