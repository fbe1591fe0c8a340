"""Modules that a site may look for and that are not in the binary: what to use in their place."""

NO_LOOP = "djr's Python runs without an event loop: write the view without `async`"
NO_THREADS = "djr's Python has one thread: call the function, or start a thread, which runs it at once"
ONE_PROCESS = "djr is one process: its workers are [server] workers"
NO_TERMINAL = "a view has no terminal; a command writes to self.stdout"
NO_NATIVE = "it is made of code for another Python; only modules in plain Python can be imported"
NO_SERVER = "the server is djr runserver"
DATABASE = "the databases are django.db: models, connection.cursor()"
CLIENT = "urllib.request asks services over http; https needs a proxy beside the site"
PICTURES = "pictures are checked by django.forms.ImageField and models; nothing here changes them"
ENVIRONMENT = "djr reads .env itself: settings are in djr.toml, and the site's own under [site]"

# Modules of Python's library.
LIBRARY = {
    "antigravity": "it opens a browser",
    "asyncio": NO_LOOP,
    "cProfile": "the server logs slow views: [logging]",
    "compileall": "nothing is written in compiled form",
    "concurrent": NO_THREADS,
    "ctypes": NO_NATIVE,
    "curses": NO_TERMINAL,
    "dbm": "use the cache (django.core.cache) or a model",
    "ensurepip": "modules in plain Python lie in the project's directory; nothing is installed",
    "ftplib": CLIENT,
    "idlelib": "the shell is djr shell",
    "imaplib": "mail is sent by django.core.mail; nothing here reads it",
    "lib2to3": "it changes programs of Python 2",
    "mailbox": "mail is sent by django.core.mail; nothing here reads it",
    "modulefinder": "modules come from the binary and the project's directory",
    "msvcrt": "djr is for Linux and macOS",
    "multiprocessing": ONE_PROCESS,
    "netrc": CLIENT,
    "nt": "djr is for Linux and macOS",
    "nturl2path": "djr is for Linux and macOS",
    "pickletools": "it takes pickles apart, and is of no use in a site",
    "poplib": "mail is sent by django.core.mail; nothing here reads it",
    "profile": "the server logs slow views: [logging]",
    "pstats": "the server logs slow views: [logging]",
    "pty": NO_TERMINAL,
    "py_compile": "nothing is written in compiled form",
    "pyclbr": "it reads programs, and is of no use in one",
    "pydoc": "the documentation is in docs/",
    "pydoc_data": "the documentation is in docs/",
    "readline": NO_TERMINAL,
    "shelve": "use the cache (django.core.cache) or a model",
    "site": "modules come from the binary and the project's directory",
    "sqlite3": DATABASE,
    "sre_compile": "use re",
    "sre_constants": "use re",
    "sre_parse": "use re",
    "ssl": CLIENT,
    "symtable": "it reads programs, and is of no use in one",
    "tabnanny": "it reads programs, and is of no use in one",
    "tarfile": "use zipfile",
    "this": "it prints a poem",
    "tkinter": "a view has no screen",
    "tracemalloc": "the interpreter does not count what it allocates",
    "tty": NO_TERMINAL,
    "turtle": "a view has no screen",
    "turtledemo": "a view has no screen",
    "venv": "modules in plain Python lie in the project's directory; nothing is installed",
    "wave": "nothing here plays sounds",
    "webbrowser": "a view has no screen",
    "winreg": "djr is for Linux and macOS",
    "winsound": "djr is for Linux and macOS",
    "wsgiref": NO_SERVER,
    "xmlrpc": "the interface for programs is the JSON API: docs/api.md",
    "zipapp": "a site is its project's directory",
}

# Modules that sites on Django often use, of others.
OTHERS = {
    "MySQLdb": DATABASE,
    "PIL": PICTURES,
    "aiohttp": CLIENT,
    "asgiref": NO_LOOP,
    "bcrypt": "passwords are hashed by django.contrib.auth.hashers",
    "celery": "a command of the site's own, run by a timer, does what need not be done at once",
    "channels": NO_LOOP,
    "corsheaders": "[security] in djr.toml has the headers of djr",
    "cryptography": "django.core.signing signs; " + NO_NATIVE,
    "debug_toolbar": "with debug the pages have djr's own panel",
    "decouple": ENVIRONMENT,
    "dj_database_url": ENVIRONMENT,
    "dotenv": ENVIRONMENT,
    "environ": ENVIRONMENT,
    "gunicorn": NO_SERVER,
    "httpx": CLIENT,
    "lxml": "xml.etree.ElementTree reads XML; " + NO_NATIVE,
    "numpy": NO_NATIVE,
    "pandas": NO_NATIVE,
    "psycopg": DATABASE,
    "psycopg2": DATABASE,
    "pymysql": DATABASE,
    "pytest": "djr test runs the tests of the site",
    "pytz": "use zoneinfo",
    "redis": "caches are django.core.cache: [caches] in djr.toml",
    "requests": CLIENT,
    "rest_framework": "the JSON API is declared: docs/api.md",
    "sqlparse": DATABASE,
    "storages": "[storages] in djr.toml",
    "uvicorn": NO_SERVER,
    "uwsgi": NO_SERVER,
    "whitenoise": "djr serves static files itself",
    "yaml": "json and tomllib read what a program has written",
}

MODULES = {**LIBRARY, **OTHERS}


def find(name):
    """Raises what says so, where `name` is one of them."""
    reason = MODULES.get(name) or MODULES.get(name.partition(".")[0])
    if reason is not None:
        raise ModuleNotFoundError(f"djr has no {name}: {reason}", name=name)
