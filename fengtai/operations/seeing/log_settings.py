"""What Django's LOGGING is for this site: everything to standard error, in one of two formats."""

FORMATS = {
    "plain": "fengtai.operations.seeing.formats.PlainFormatter",
    "json": "fengtai.operations.seeing.formats.JsonLines",
}
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
REQUESTS = {"none": "WARNING", "made": "INFO", "all": "DEBUG"}  # which requests have a line; made: not of kept pages


def logging_in(format_name: str, *, level: str, requests: str) -> dict:
    """`requests`, one of REQUESTS, whatever the level of the rest."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {name: {"()": path} for name, path in FORMATS.items()},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": format_name}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"fengtai.requests": {"level": REQUESTS[requests]}},
    }
