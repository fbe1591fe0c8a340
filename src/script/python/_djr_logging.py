"""Has the standard library's `logging` hand its records to `[logging]` of djr.toml."""


def install(logging):
    """Changes the module `logging`, which was just imported."""
    import _djr

    class DjrLogger(logging.Logger):
        """A logger whose level is that of `[logging]`, unless code has set one."""

        def getEffectiveLevel(self):
            logger = self
            while logger:
                if logger.level:
                    return logger.level
                logger = logger.parent
            return _djr.log_level(self.name)

    class DjrHandler(logging.Handler):
        """Hands records over; stands at the root."""

        def emit(self, record):
            try:
                message = record.getMessage()
            except Exception as error:
                message = f"{record.msg} (the arguments {record.args!r} do not fit: {error})"
            exception = record.exc_info[1] if record.exc_info else None
            if exception is not None:
                message = f"{message}: {_djr.describe_exception(exception)}"
            if record.stack_info:
                message = f"{message}\n{record.stack_info}"
            fields = {name: value for name, value in record.__dict__.items() if name not in usual}
            _djr.log(record.name, record.levelno, message, fields, fields.pop("request", None))

    usual = {*logging.makeLogRecord({}).__dict__, "message", "asctime", "taskName"}
    logging.setLoggerClass(DjrLogger)
    logging.Logger.manager.loggerClass = None
    logging.root.__class__ = type("RootLogger", (DjrLogger,), {})
    logging.root.setLevel(logging.NOTSET)
    logging.root.addHandler(DjrHandler())
    logging.captureWarnings(False)
