"""Translate EDIFACT messages."""


def segments(message):
    return message.split("'")
