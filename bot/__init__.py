"""Leerwijzer: the product, plain Python. Only `bot.nlu` runs inside Rasa's process."""
