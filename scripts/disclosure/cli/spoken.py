"""What the command line says of itself, in the language of the locale: help.csv and words.csv."""

import argparse
import os
from collections.abc import Mapping
from functools import cache

from disclosure.package.shipped import language, shipped


def spoken(said: str) -> str:
    """Words of argparse, or of a verb about its options, in that language; unknown ones as they are."""
    return _words().get(said, said) if language(os.environ) == "zh" else said


def counted(one: str, many: str, number: int) -> str:
    """The same of words that go with a number."""
    return spoken(one if number == 1 else many)


def describe(parser: argparse.ArgumentParser, command: str) -> None:
    """Give each argument of a command its help."""
    for action in parser._actions:  # argparse lists its arguments nowhere else
        action.help = help_of(command, action.dest)


def help_of(command: str, option: str = "") -> str:
    """What a command, or an option of it, is for; of an option that all have in common, once for all."""
    texts = _helps()
    return (texts.get((command, option)) or texts[("", option)])[language(os.environ)]


@cache
def _helps() -> Mapping[tuple[str, str], Mapping[str, str]]:
    return {(line["command"], line["option"]): line for line in shipped("cli", "help")}


@cache
def _words() -> Mapping[str, str]:
    return {line["said"]: line["zh"] for line in shipped("cli", "words")}
