"""What a message says: redaction, facts, and the parser's understanding."""

from bot.reading.reader import Heard, Reader
from bot.reading.redaction import redact
from bot.reading.spans import Redacted, Span

__all__ = ["Heard", "Reader", "Redacted", "Span", "redact"]
