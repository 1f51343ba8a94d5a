"""Starts, watches and ends the processes; trains Rasa's model.

For others: `bot.supervisor.programs` (how each process is started), `bot.supervisor.supervise`
(run a table of programs until one ends), `bot.supervisor.training` (an up-to-date model).
Nothing is imported here: `launch` and `rasa_main` also run inside Rasa's Python 3.10.
"""
