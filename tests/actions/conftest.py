"""The same site as the web's tests use."""

from tests.web.conftest import site

__all__ = ["site"]
