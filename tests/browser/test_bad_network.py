"""The network between a phone and the office, itself."""

import gc
import socket
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest

from tests.browser.bad_network import BadNetwork
from tests.browser.offices import Office


def ends_while_called(folder: Path) -> None:
    network, over = BadNetwork(Office(folder)), Event()

    def calls() -> None:
        while not over.is_set():
            with suppress(OSError), socket.create_connection(("127.0.0.1", network.port)) as line:
                line.sendall(b"GET / HTTP/1.1\r\n")

    callers = [Thread(target=calls) for _ in range(3)]
    with network.running():
        for each in callers:
            each.start()
        sleep(0.05)
    over.set()
    for each in callers:
        each.join()


@pytest.mark.parametrize("_round", range(5))
def test_whoever_calls_while_it_ends_leaves_no_connection_open(_round: int, tmp_path: Path) -> None:
    ends_while_called(tmp_path)
    gc.collect()  # which tells of what was never closed
