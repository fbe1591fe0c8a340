"""Records how Python's logging, which Django's LOGGING configures, writes lines and hands records on, in golden/logging.json.

`record_logging.py` writes the file; `record_logging.py --check` fails if a fresh recording differs from it.
`cargo test` asks djr the same and compares (src/logging/recorded_tests.rs).
"""

import json
import logging
import logging.config
import time
from pathlib import Path

import recording

GOLDEN = Path(__file__).parent / "golden" / "logging.json"

FORMATS = [
    "{message}", "{levelname} {asctime} {name} {message}", "{levelname:<8}|{message}", "{levelname:>8}|{message}",
    "{levelname:^9}|{message}", "{levelname:*^11}|", "{levelname:->11}|", "{levelname:3}|", "{levelname:.3}|",
    "{levelname:8.3}|", "{levelname:08}|", "{levelname:8s}|", "{levelno}", "{levelno:5}|", "{levelno:<5}|",
    "{levelno:05}|", "{levelno:05d}|", "{levelno:*^6}|", "{created}", "{created:.3f}", "{created:.0f}|", "{msecs}",
    "{msecs:03.0f}", "{msecs:8.2f}|", "{asctime}.{msecs:03.0f}", "{{{message}}}", "{{}}{message}", "a{{b {name} c}}d",
    "{name}{name}", "{message:.5}|", "{message:20}|", "{message:é>12}|", "[{asctime:>30}]",
]
DATE_FORMATS = [None, "%Y-%m-%d", "%d.%m.%y %H:%M:%S", "%H:%M", "%b %d %Y %a %j", "%% %d", "at %I:%M %p"]
RECORDS = [
    ("djr.request", logging.ERROR, "it broke", 1795191516, 42),
    ("posts", logging.DEBUG, "", 0, 0),
    ("a.b.c", logging.WARNING, "naïve {braces} %s", 1700000000, 999),
]

TREE = {
    "x": {"handlers": ["a"], "level": "WARNING"},
    "x.y": {"handlers": ["b"]},
    "x.y.quiet": {"level": "CRITICAL"},
    "x.y.loud": {"level": "DEBUG"},
    "x.z": {"handlers": ["b"], "propagate": False, "level": "DEBUG"},
    "x.n": {"level": "NOTSET", "handlers": ["a", "b"]},
    "p": {"propagate": False},
    "q": {"handlers": ["a"], "level": "INFO", "propagate": True},
    "dotted.name": {"handlers": ["b"], "level": "INFO"},
}
HANDLERS = {"a": "NOTSET", "b": "ERROR", "r": "INFO"}
NAMES = [
    "x", "x.y", "x.y.deeper", "x.y.quiet", "x.y.quiet.below", "x.y.loud", "x.z", "x.z.below", "x.n", "x.n.below", "xy",
    "p", "p.below", "q", "q.r.s", "dotted", "dotted.name", "dotted.name.below", "other",
]
LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


class Collector(logging.Handler):
    """Remembers that it was handed something."""

    called = []

    def emit(self, record):
        self.called.append(self.get_name())


def record(name, level, message, seconds, milliseconds):
    made = logging.LogRecord(name, level, "x.py", 1, message, None, None)
    made.created = seconds + milliseconds / 1000
    made.msecs = float(milliseconds)
    return made


def line(template, date_format, given):
    formatter = logging.Formatter(template, date_format, style="{")
    formatter.converter = time.gmtime
    return formatter.format(record(*given))


def lines():
    for template in FORMATS:
        for given in RECORDS:
            yield [template, None, *given, line(template, None, given)]
    for date_format in DATE_FORMATS:
        for given in RECORDS:
            yield ["{asctime}", date_format, *given, line("{asctime}", date_format, given)]


def reached():
    handlers = {name: {"()": Collector, "level": level} for name, level in HANDLERS.items()}
    root = {"handlers": ["r"], "level": "WARNING"}
    logging.config.dictConfig({"version": 1, "handlers": handlers, "loggers": TREE, "root": root})
    # Whoever has no handler is heard by this one.
    logging.lastResort = Collector(level="WARNING")
    logging.lastResort.name = ""
    for name in NAMES:
        for level in LEVELS:
            Collector.called.clear()
            logging.getLogger(name).log(getattr(logging, level), "said")
            yield [name, level, list(Collector.called)]


def rows(values):
    return "[\n" + ",\n".join(json.dumps(value) for value in values) + "\n]"


def main():
    fresh = '{\n"lines": ' + rows(lines()) + ',\n"reached": ' + rows(reached())
    tree = {"loggers": TREE, "handlers": HANDLERS}
    fresh += ',\n"tree": ' + json.dumps(tree) + "\n}\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
