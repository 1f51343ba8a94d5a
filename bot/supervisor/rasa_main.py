"""Rasa's command line as the supervisor starts it (inside Rasa's own environment).

What differs from stock Rasa: the API token comes from the environment, where the process list
does not show it; logs hold nothing that a client wrote; and what costs time in every turn without
need is left out (`rasa_speed`).
"""

import os
import sys
import warnings

from bot.supervisor import private_logs, rasa_speed

TOKEN = "LEERWIJZER_RASA_API_TOKEN"  # noqa: S105


def main() -> None:
    """Run Rasa's command line with `sys.argv`."""
    import rasa.__main__
    import rasa.utils.log_utils
    import structlog

    # Rasa builds its logging from these two at start. (Its anonymization hook is of no use here:
    # it leaves the local variables in tracebacks, and changes the events themselves.)
    rasa.utils.log_utils._anonymizer = private_logs.hide_fields
    setattr(structlog.processors, "dict_tracebacks", private_logs.describe_exception)  # noqa: B010
    private_logs.hide_in_exceptions()
    if sys.argv[1:2] == ["run"]:
        # Deprecations of old libraries say nothing to an operator, and a few of Rasa's warnings
        # quote the client's text. Libraries reset the filters, so filters don't do it.
        warnings.showwarning = lambda *_arguments, **_options: None
        rasa_speed.remember_classes()
        rasa_speed.talk_less_to_actions()
    token = os.environ.pop(TOKEN, "")
    if token:
        sys.argv += ["--auth-token", token]
    rasa.__main__.main()
