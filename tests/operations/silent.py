"""A way to a server that can be made silent: it still takes what is sent, and answers nothing."""

import socket
import threading
from contextlib import suppress


class Proxy:
    """Passes on what comes to `port`, until it is `silent`; then it takes connections and says nothing on any."""

    def __init__(self, host: str, port: int):
        self.to, self.silent = (host, port), False
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port, self.ends = self.listening.getsockname()[1], []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """As a server that has ended: who comes is refused, who was there is told."""
        for end in (self.listening, *self.ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                reader, _address = self.listening.accept()
                self.ends.append(reader)
                if self.silent:
                    continue
                server = socket.create_connection(self.to)
                self.ends.append(server)
                for ends in ((reader, server), (server, reader)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, sender: socket.socket, receiver: socket.socket) -> None:
        with suppress(OSError):
            while data := sender.recv(65536):
                if not self.silent:
                    receiver.sendall(data)
            receiver.shutdown(socket.SHUT_WR)
