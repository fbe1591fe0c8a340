"""How important a message is."""

DEBUG = 10
INFO = 20
SUCCESS = 25
WARNING = 30
ERROR = 40

DEFAULT_TAGS = {DEBUG: "debug", INFO: "info", SUCCESS: "success", WARNING: "warning", ERROR: "error"}
DEFAULT_LEVELS = {name.upper(): level for level, name in DEFAULT_TAGS.items()}
