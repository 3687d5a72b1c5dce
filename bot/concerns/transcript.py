"""What was said in a concern, as it is shown again: after one message, and last of all."""

from __future__ import annotations

from bot.store import Concern, Message, Session
from bot.store import messages as kept_messages


def answer_to(session: Session, concern: Concern, message_id: str) -> tuple[str, ...]:
    """What the assistant said after a message, up to the next thing that staff said."""
    said: list[str] = []
    found = False
    for message in kept_messages.messages_of(session, concern.id):
        if message.id == message_id:
            found = True
        elif found and message.author != "assistant":
            break
        elif found:
            said.append(message.text)
    return tuple(said)


def last_said(session: Session, concern: Concern) -> tuple[str, ...]:
    """What the assistant said last, since staff said something."""
    last: list[Message] = []
    for message in reversed(kept_messages.last_messages_of(session, concern.id, 30)):
        if message.author != "assistant":
            break
        last.append(message)
    return tuple(message.text for message in reversed(last))
