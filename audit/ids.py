"""Identifiers: ordered for rows that may be read in order, random where order would tell something."""

from uuid import uuid4 as uuid_random

from uuid_utils.compat import uuid7

__all__ = ["uuid7", "uuid_random"]
