"""One line a record in the application log: no control characters, no forged lines (W5)."""

import json
import logging


def _message(record: logging.LogRecord) -> str:
    """Return what is said; of a web request its pattern, as its address may hold a secret."""
    request = getattr(record, "request", None)
    if request is None:
        return record.getMessage()
    match = getattr(request, "resolver_match", None)
    route = f"/{match.route}" if match else "(no page)"
    status = getattr(record, "status_code", "")
    return f"{status} {getattr(request, 'method', '')} {route}".strip()


class LineFormatter(logging.Formatter):
    """Writes a record as one line of JSON, control and bidirectional characters escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON; of an exception only its type and places in the code."""
        line: dict[str, object] = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            places = []
            while trace:
                code = trace.tb_frame.f_code
                places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
                trace = trace.tb_next
            line["places"] = places[-8:]
        return json.dumps(line, ensure_ascii=True)
