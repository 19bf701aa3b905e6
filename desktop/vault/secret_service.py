"""Reading our one entry from Linux's Secret Service in four messages, where its keyring is open.

The `keyring` library does this too, and everything else as well; loading it takes a tenth of a second of every start.
What is not plainly there, or would need a prompt, is left to it. The secret crosses the session's own socket, which
nobody but this person can listen on, and whoever can could ask for it like us: the library's veil over it adds nothing.
"""

from typing import Any

_NAME, _PATH = "org.freedesktop.secrets", "/org/freedesktop/secrets"
_SERVICE = "org.freedesktop.Secret.Service"
_PATIENCE = 2.0  # seconds


def kept(service: str, name: str) -> str | None:
    """What the library keeps for service under name, if that can be had at once; else None, whatever the reason."""
    from jeepney import DBusErrorResponse
    from jeepney.io.blocking import open_dbus_connection

    try:
        with open_dbus_connection(bus="SESSION") as connection:
            return _looked_up(connection, {"service": service, "username": name})
    except (OSError, LookupError, ValueError, TypeError, DBusErrorResponse):
        return None  # no bus, no such service, or one that speaks otherwise


def _looked_up(connection: Any, entry: dict[str, str]) -> str | None:
    _, session = _ask(connection, "OpenSession", "sv", "plain", ("s", ""))
    at_hand, _locked = _ask(connection, "SearchItems", "a{ss}", entry)
    (secrets,) = _ask(connection, "GetSecrets", "aoo", at_hand[:1], session)
    for _session, _parameters, value, _kind in secrets.values():
        return bytes(value).decode("utf-8", "replace")
    return None


def _ask(connection: Any, method: str, signature: str, *given: object) -> Any:
    from jeepney import DBusAddress, MessageType, new_method_call

    message = new_method_call(DBusAddress(_PATH, _NAME, _SERVICE), method, signature, given)
    reply = connection.send_and_get_reply(message, timeout=_PATIENCE)
    if reply.header.message_type is MessageType.error:
        raise LookupError(method)
    return reply.body
