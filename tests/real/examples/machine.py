"""The clipboard, commands and the display's size."""

from __future__ import annotations

from .registry import Desk, example

TEXT = "clip 你好 😀\nsecond line\t|"


@example("clipboard_write")
def other_programs_read_what_was_written(desk: Desk) -> None:
    desk.do("clipboard_write", text=TEXT)
    assert desk.outside.run("xclip", "-o", "-selection", "clipboard", "-target", "UTF8_STRING") == TEXT
    desk.page.focus("#area")
    desk.do("keypress", keys="ctrl+v")
    assert desk.page.received(TEXT, "#area") == TEXT


@example("clipboard_write")
def a_long_text_arrives_whole(desk: Desk) -> None:
    text = "0123456789abcdef" * 6000
    desk.do("clipboard_write", text=text)
    assert desk.outside.run("xclip", "-o", "-selection", "clipboard") == text


@example("clipboard_read")
def what_other_programs_wrote_is_read(desk: Desk) -> None:
    with desk.outside.clipboard(TEXT):
        assert desk.do("clipboard_read").data == TEXT
    desk.page.evaluate("document.querySelector('#area').value = 'from the page ß'")
    desk.page.focus("#area")
    desk.do("keypress", keys=["ctrl+a", "ctrl+c"])
    desk.page.wait("copy")
    assert desk.do("clipboard_read").data == "from the page ß"


@example("clipboard_read")
def a_long_text_is_read_whole(desk: Desk) -> None:
    text = "fedcba9876543210" * 60000
    with desk.outside.clipboard(text):
        assert desk.do("clipboard_read").data == text


@example("shell")
def a_command_tells_how_it_ended(desk: Desk) -> None:
    result = desk.do("shell", command="echo out; echo err >&2; exit 3")
    assert result.data == {"exit_code": 3, "stdout": "out\n", "stderr": "err\n"}
    quoted = desk.do("shell", command=["printf", "%s", "$(id) `id` \"'"])
    assert quoted.data == {"exit_code": 0, "stdout": "$(id) `id` \"'", "stderr": ""}


@example("shell")
def a_command_sees_the_display(desk: Desk) -> None:
    result = desk.do("shell", command=["xdotool", "getdisplaygeometry"])
    assert result.data == {"exit_code": 0, "stdout": "1280 720\n", "stderr": ""}


@example("resize")
def the_server_and_the_page_get_the_new_size(desk: Desk) -> None:
    try:
        result = desk.do("resize", width=1024, height=640)
        assert desk.eye.size() == (1024, 640)
        assert result.frame is not None
        assert result.frame.size == (1024, 640)
        desk.until(
            lambda: desk.page.evaluate("[screen.width, screen.height]") == [1024, 640],
            "the page did not hear of it",
        )
    finally:
        desk.do("resize", width=1280, height=720)
    assert desk.eye.size() == (1280, 720)
    desk.until(lambda: desk.page.evaluate("innerWidth") == 1280, "the page is not as wide as before")
