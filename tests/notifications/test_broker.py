"""The broker without a server: a worker that looks at any moment takes a whole message, or none."""

import threading
from pathlib import Path
from queue import Empty

from kombu import Connection
from kombu.transport import filesystem

from config.celery import app

MESSAGES = 400


def test_the_installation_without_a_server_uses_it(settings) -> None:
    settings.REDIS_URL = ""
    with Connection("filesystem://") as broker:
        assert type(broker.transport).__module__ == "config.broker"
    assert app.connection_for_write("filesystem://").transport_cls == "filesystem"


def test_no_message_is_taken_half_written(tmp_path: Path) -> None:
    for name in ("queue", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "control_folder": str(tmp_path / "control"),
    }
    payload = {"body": "x" * 100_000}

    def write() -> None:
        with Connection("filesystem://", transport_options=options) as broker:
            channel = broker.channel()
            for _number in range(MESSAGES):
                channel._put("work", payload)

    writer = threading.Thread(target=write)
    writer.start()
    taken = []
    with Connection("filesystem://", transport_options=options) as broker:
        channel = broker.channel()
        assert isinstance(channel, filesystem.Channel)
        while writer.is_alive() or any((tmp_path / "queue").iterdir()):
            try:
                taken.append(channel._get("work"))
            except Empty:
                continue
    writer.join()
    assert taken == [payload] * MESSAGES
    assert list((tmp_path / "queue").iterdir()) == []


def test_queues_are_bound_by_several_at_once(tmp_path: Path) -> None:
    """Each beginning on an empty folder, as web, worker and beat do."""
    for number in range(30):
        folder = tmp_path / str(number)
        options = {"control_folder": str(folder), "data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
        together = threading.Barrier(4)
        faults = []

        def bind(name: str, options=options, together=together, faults=faults) -> None:
            with Connection("filesystem://", transport_options=options) as broker:
                channel = broker.channel()
                together.wait()
                try:
                    channel._queue_bind("tasks", name, "", name)
                    channel.get_table("tasks")
                except Exception as fault:
                    faults.append(fault)

        threads = [threading.Thread(target=bind, args=(f"q{each}",)) for each in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        with Connection("filesystem://", transport_options=options) as broker:
            assert {row.queue for row in broker.channel().get_table("tasks")} == {"q0", "q1", "q2", "q3"}
