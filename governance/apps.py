from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import acceptance, todo
        from alliance import bars, departures, sight
        from audit import triggers
        from governance import (
            messages,
            permissions,  # noqa: F401 - declares who may
        )
        from governance.forms import inputs
        from governance.selectors import holds, kinds, offers, panels
        from governance.selectors import todo as waiting
        from governance.selectors.electorate import vote_of_members
        from governance.selectors.holders import alliances_seen_by
        from governance.services import carrying_out, committee, holders

        triggers.append_only("governance_outcome", "governance_ballotversion", "governance_addition")
        acceptance.on_accepted(holders.accept_offer)
        acceptance.describe_by(offers.describe_offer)
        messages.register()
        sight.add_sight(alliances_seen_by)
        bars.add_bar(vote_of_members)
        departures.add_ending(committee.abolish_seats_of)
        todo.add_source(waiting.todos_of)
        carrying_out.register_all()
        inputs.register_all()
        holds.register()
        panels.register()
        kinds.register()
