"""The few X requests that bring a display up, spoken plainly: no X library is loaded into the helper."""

from __future__ import annotations

from _socket import AF_UNIX, SOCK_STREAM, socket
from struct import pack, unpack_from

_REDIRECT = 0x100000
_PROPERTY_CHANGE = 0x400000


class RawX:
    """A connection to the X server of this desktop. Raises OSError, and RuntimeError for an answer that is no."""

    def __init__(self, number: int, cookie: bytes) -> None:
        self._socket = socket(AF_UNIX, SOCK_STREAM)
        self._socket.connect(f"/tmp/.X11-unix/X{number}")  # noqa: S108  the X protocol's own place
        self._socket.settimeout(5.0)
        name = b"MIT-MAGIC-COOKIE-1"
        self._socket.sendall(
            pack("<BxHHHHxx", ord("l"), 11, 0, len(name), len(cookie)) + _padded(name) + _padded(cookie)
        )
        head = self._exactly(8)
        body = self._exactly(4 * unpack_from("<H", head, 6)[0])
        if head[0] != 1:
            raise RuntimeError(f"the X server refused: {body.decode('latin-1').strip()}")
        vendor, formats = unpack_from("<H", body, 16)[0], body[21]
        self.root: int = unpack_from("<I", body, 32 + vendor + -vendor % 4 + 8 * formats)[0]

    def resize(self, width: int, height: int) -> None:
        """Set the display down to a size within the one it was started with, by a RANDR mode of its own.

        The pointer goes to the new middle; it would be left in the corner.
        """
        randr = self._ask(98, 0, pack("<Hxx", 5) + _padded(b"RANDR"))[9]
        self._ask(randr, 0, pack("<II", 1, 3))
        found = self._ask(randr, 8, pack("<I", self.root))
        crtcs = unpack_from("<H", found, 16)[0]
        crtc = unpack_from("<I", found, 32)[0]
        output = unpack_from("<I", found, 32 + 4 * crtcs)[0]
        name = f"{width}x{height}".encode()
        # Xvfb has no clock, but Chromium paints at the mode's rate: at 1 Hz a click would show a second later.
        mode = pack("<IHHIHHHHHHHHI", 0, width, height, min(60 * width * height, 2**32 - 1),
                    width, width, width, 0, height, height, height, len(name), 0)  # fmt: skip
        made = unpack_from("<I", self._ask(randr, 16, pack("<I", self.root) + mode + _padded(name)), 8)[0]
        self._tell(randr, 18, pack("<II", output, made))
        self._ask(randr, 21, pack("<IIIHHIHxxI", crtc, 0, 0, 0, 0, made, 1, output))
        millimetres = (round(width * 25.4 / 96), round(height * 25.4 / 96))
        self._tell(randr, 7, pack("<IHHII", self.root, width, height, *millimetres))
        self._tell(41, 0, pack("<IIhhHHhh", 0, self.root, 0, 0, 0, 0, width // 2, height // 2))
        self.managed()  # a round trip: after it all is done, or the error of a request without an answer came out

    def paint(self, colour: int) -> None:
        """Give the root window a plain colour (0xRRGGBB), which costs no memory as a window manager's would."""
        self._tell(2, 0, pack("<III", self.root, 0x2, colour))
        self._tell(61, 0, pack("<IHHHH", self.root, 0, 0, 0, 0))
        self.managed()

    def watch(self) -> None:
        """Have the root window's property changes told; a window manager makes many when it starts."""
        self._tell(2, 0, pack("<III", self.root, 0x800, _PROPERTY_CHANGE))

    def managed(self) -> bool:
        """Whether a window manager has taken charge of the windows."""
        return bool(unpack_from("<I", self._ask(3, 0, pack("<I", self.root)), 32)[0] & _REDIRECT)

    def change(self, within: float) -> None:
        """Wait for the next event, at most that many seconds."""
        self._socket.settimeout(within)
        try:
            self._exactly(32)
        except TimeoutError:
            pass
        finally:
            self._socket.settimeout(5.0)

    def close(self) -> None:
        self._socket.close()

    def _tell(self, opcode: int, minor: int, body: bytes) -> None:
        self._socket.sendall(pack("<BBH", opcode, minor, 1 + len(body) // 4) + body)

    def _ask(self, opcode: int, minor: int, body: bytes) -> bytes:
        self._tell(opcode, minor, body)
        while True:
            answer = self._exactly(32)
            if answer[0] == 0:
                raise RuntimeError(f"X error {answer[1]} for request {answer[10]}.{answer[8]}")
            if answer[0] == 1:
                return answer + self._exactly(4 * unpack_from("<I", answer, 4)[0])

    def _exactly(self, count: int) -> bytes:
        got = b""
        while len(got) < count:
            piece = self._socket.recv(count - len(got))
            if not piece:
                raise OSError("the X server hung up")
            got += piece
        return got


def _padded(text: bytes) -> bytes:
    return text + bytes(-len(text) % 4)


def cookie_in(path: str) -> bytes:
    """The first cookie in an Xauthority file."""
    with open(path, "rb") as file:  # noqa: PTH123  pathlib costs the helper 5 ms and 1 MB
        data = file.read()
    at = 2
    parts: list[bytes] = []
    while len(parts) < 4:
        length = unpack_from(">H", data, at)[0]
        parts.append(data[at + 2 : at + 2 + length])
        at += 2 + length
    return parts[3]
