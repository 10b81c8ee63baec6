from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import acceptance
        from alliance import sight
        from audit import triggers
        from governance import (
            messages,
            permissions,  # noqa: F401 - declares who may
        )
        from governance.selectors import offers
        from governance.selectors.holders import alliances_seen_by
        from governance.services import carrying_out, holders

        triggers.append_only("governance_outcome", "governance_ballotversion")
        acceptance.on_accepted(holders.accept_offer)
        acceptance.describe_by(offers.describe_offer)
        messages.register()
        sight.add_sight(alliances_seen_by)
        carrying_out.register_all()
