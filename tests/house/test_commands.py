"""docs/commands.md says what the code does, and every command tells what it did."""

import pytest

from tools.commands import PAGE, commands, page


def test_the_page_of_commands_is_that_of_the_code():
    assert PAGE.read_text() == page(), "run `make commands` and commit docs/commands.md"


ON_ONESELF = {
    "accept_invitation",
    "change_address",
    "change_password",
    "change_profile",
    "join",
    "make_token",
    "withdraw_token",
}
"""What everybody may do with what is their own."""
BY_PROGRAM = {"import_dossier"}
"""What only a program of the operator calls."""


@pytest.mark.parametrize("command", commands(), ids=lambda command: f"{command.app}.{command.name}")
def test_a_command_says_its_rule_and_records_an_event(command):
    assert command.rule
    assert command.events


@pytest.mark.parametrize(
    "command",
    [each for each in commands() if any(argument.startswith("actor:") for argument in each.payload)],
    ids=lambda command: f"{command.app}.{command.name}",
)
def test_who_may_is_asked_wherever_somebody_acts(command):
    assert command.permissions or command.name in ON_ONESELF | BY_PROGRAM
