"""Addresses of databases: SQLAlchemy's and libpq's spelling differ by the driver's name."""


def libpq(database_url: str) -> str:
    """The address as psycopg takes it."""
    scheme, rest = database_url.split("://", 1)
    return f"{scheme.split('+')[0]}://{rest}"
