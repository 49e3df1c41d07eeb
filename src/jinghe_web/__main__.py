"""Django's own commands on the workbench's database: `python -m jinghe_web changepassword NAME`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinghe_web.settings")
    execute_from_command_line(["jinghe_web", *sys.argv[1:]])
