"""The workbench (工作台): a Django site that shows what the library computed and computes nothing itself."""

import sys

# The systems' SQLite (3.7.0 to 3.51.2) can corrupt a WAL database; the wheel carries a mended one.
# Django takes whatever is called sqlite3, so the swap must come before Django is imported.
try:
    import pysqlite3
except ModuleNotFoundError:  # no wheel for this platform: settings.py then gives up WAL
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
