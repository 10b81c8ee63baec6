from django.apps import AppConfig


class AllianceConfig(AppConfig):
    name = "alliance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import acceptance, panels, todo
        from audit import triggers

        triggers.append_only("alliance_expectation", "alliance_opportunity")
        triggers.append_only("alliance_exhibit", "alliance_exhibitwithdrawal")
        triggers.append_only("alliance_hold", "alliance_holdlifting")
        from alliance import (
            messages,
            permissions,  # noqa: F401 - declares who may
            sentences,
        )
        from alliance.selectors import events, holds, home, kinds, offers, reasons
        from alliance.selectors import todo as waiting
        from alliance.services import inviting
        from audit import triggers

        triggers.append_only("alliance_memberanswers")
        acceptance.on_accepted(inviting.accept_offer)
        acceptance.describe_by(offers.describe_offer)
        messages.register()
        kinds.register()
        holds.register()
        panels.add_places(home.places_of)
        panels.add_cards(home.cards_of)
        panels.offer_sample(home.sample)
        todo.add_source(waiting.todos_of)
        todo.add_source(reasons.todos_of)
        sentences.add_namer(events.name_ours)
