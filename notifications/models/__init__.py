from notifications.models.cursor import Cursor
from notifications.models.delivery import Delivery
from notifications.models.notice import Notice

__all__ = ["Cursor", "Delivery", "Notice"]
