"""How much of an upload is taken: what comes after the limit is read and forgotten, and fills no disk."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class CutOff(FileUploadHandler):
    """First of the handlers: gives the others no more than one chunk past the limit, so that its size shows it."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.EVIDENCE_MAX_BYTES else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file is made by those behind."""
        return None
