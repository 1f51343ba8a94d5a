"""Time and memory beside a stock Rasa bot, measured in the same run: `make bench`."""
