"""Chromium on a real display, driven over its pipe and, where a person would act, by real input."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest
from Xlib.display import Display
from Xlib.X import ZPixmap

from deskhand.actions.errors import (
    BadURL,
    BrowserGone,
    NavigationFailed,
    NoSuchTab,
    PageFailed,
    ProgramMissing,
    StartFailed,
)
from deskhand.actions.geometry import Point, Size
from deskhand.actions.waiting import until
from deskhand.vm.browser import BrowserSettings, ChromiumBrowser
from deskhand.vm.browser_address import address
from deskhand.vm.spawning import LocalSpawner

SIZE = Size(1280, 720)
QUICK = BrowserSettings(load_within=1.5, answer_within=1.5)


class Pages(BaseHTTPRequestHandler):
    """``/say/<html>`` gives back that page; the other paths are each a way for a server to behave."""

    let_go = threading.Event()

    def do_GET(self) -> None:
        kind, _, rest = self.path[1:].partition("/")
        getattr(self, f"_{kind}", self._missing)(unquote(rest))

    def _say(self, html: str, status: int = 200, kind: str = "text/html; charset=utf-8") -> None:
        body = html.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _missing(self, _rest: str) -> None:
        self._say("<title>nothing here</title>", 404)

    def _redirect(self, rest: str) -> None:
        self.send_response(302)
        self.send_header("Location", f"/say/{rest}")
        self.end_headers()

    def _hang(self, _rest: str) -> None:
        self.let_go.wait(60)

    def _late(self, rest: str) -> None:
        self.let_go.wait(60)
        self._say(rest, kind="image/png")

    def _empty(self, _rest: str) -> None:
        self.send_response(204)
        self.end_headers()

    def _file(self, rest: str) -> None:
        self._say(rest, kind="application/octet-stream")

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Chromium hangs up whenever it likes."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = Server(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    Pages.let_go.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def nothing_let_go() -> Iterator[None]:
    Pages.let_go.clear()
    yield
    Pages.let_go.set()


@pytest.fixture(scope="module")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An Xvfb with a window manager; the display's name."""
    folder = tmp_path_factory.mktemp("display")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-noreset", "-nolisten", "tcp", "-screen", "0", "1280x720x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        name = f":{told.readline().strip()}"
    (folder / ".jwmrc").write_text('<?xml version="1.0"?><JWM></JWM>')  # no bar of its own
    home = {**os.environ, "HOME": str(folder), "DISPLAY": name}
    manager = subprocess.Popen(["jwm"], env=home, stderr=subprocess.DEVNULL)
    root = (asked := Display(name)).screen().root
    managed = asked.intern_atom("_NET_SUPPORTING_WM_CHECK")
    assert until(lambda: root.get_full_property(managed, 0), within=10)
    asked.close()
    yield name
    for process in (manager, server):
        process.terminate()
        process.wait(10)


@pytest.fixture
def spawner(display: str, tmp_path: Path) -> LocalSpawner:
    env = {"DISPLAY": display, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    return LocalSpawner(env, tmp_path / "log")


Start = Callable[..., ChromiumBrowser]


@pytest.fixture
def start(spawner: LocalSpawner, tmp_path: Path) -> Iterator[Start]:
    started: list[ChromiumBrowser] = []

    def make(settings: BrowserSettings = BrowserSettings()) -> ChromiumBrowser:  # noqa: B008
        started.append(ChromiumBrowser(spawner, tmp_path / "profile", lambda: SIZE, settings))
        return started[-1]

    yield make
    for browser in started:
        browser.close()
    assert processes(tmp_path / "profile") == []


@pytest.fixture
def browser(start: Start) -> ChromiumBrowser:
    return start()


@pytest.fixture
def xdo(display: str) -> Callable[..., None]:
    """Input as a person's: one xdotool command."""

    def run(*words: object) -> None:
        command = ["xdotool", *map(str, words)]
        subprocess.run(command, env={**os.environ, "DISPLAY": display}, check=True, timeout=20)

    return run


def processes(profile: Path) -> list[int]:
    """The living processes of the Chromium with that profile, found by the command lines of all that live."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(profile).encode() in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def colour(display: str, at: Point) -> tuple[int, int, int]:
    connection = Display(display)
    try:
        blue, green, red, *_ = connection.screen().root.get_image(at.x, at.y, 1, 1, ZPixmap, 0xFFFFFFFF).data
    finally:
        connection.close()
    return red, green, blue


def active(browser: ChromiumBrowser) -> str:
    return next(tab.title for tab in browser.tabs() if tab.active)


def is_active(browser: ChromiumBrowser, title: str) -> bool:
    return active(browser) == title


def differs(browser: ChromiumBrowser, expression: str, value: object) -> bool:
    return browser.evaluate(expression) != value


# -- addresses -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        ("example.com/x", "https://example.com/x"),
        (" localhost:8000/a?b ", "https://localhost:8000/a?b"),
        ("127.0.0.1:80", "https://127.0.0.1:80"),
        ("http://a.b/c#d", "http://a.b/c#d"),
        ("HTTP://a.b", "HTTP://a.b"),
        ("/etc/hostname", "file:///etc/hostname"),
        ("file:///etc/hostname", "file:///etc/hostname"),
        ("about:blank", "about:blank"),
        ("data:text/html,a b", "data:text/html,a b"),
        ("https://[::1]:8080/", "https://[::1]:8080/"),
    ],
)
def test_an_address_is_completed_as_in_an_address_bar(given: str, opened: str) -> None:
    assert address(given) == opened


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "  ",
        "javascript:alert(1)",
        "chrome://settings",
        "view-source:http://a.b",
        "mailto:a@b.c",
        "http://",
        "http://a b/c",
        "https://a:notaport/",
        "http://[::1",
        "two words",
        "a\nb",
    ],
)
def test_any_other_address_is_refused_before_a_browser_starts(browser: ChromiumBrowser, bad: str) -> None:
    with pytest.raises(BadURL):
        browser.navigate(bad)
    with pytest.raises(BadURL):
        browser.new_tab(bad)
    assert processes(browser._profile) == []


# -- starting and ending -------------------------------------------------------------------------------------------


def test_nothing_starts_before_it_is_needed(browser: ChromiumBrowser, tmp_path: Path) -> None:
    assert not browser.busy()
    browser.close()
    assert not (tmp_path / "profile").exists()


def test_it_fills_the_screen_and_says_that_it_has_no_sandbox(browser: ChromiumBrowser) -> None:
    browser.tabs()
    assert browser.evaluate("[screenX, screenY, outerWidth, outerHeight]") == [0, 0, *SIZE]
    assert bool(browser.notes) == (os.geteuid() == 0)


def test_it_listens_on_no_port(browser: ChromiumBrowser) -> None:
    browser.tabs()
    assert not (browser._profile / "DevToolsActivePort").exists()
    told = subprocess.run(["ss", "-tlnp"], capture_output=True, text=True, check=True).stdout
    assert not [pid for pid in processes(browser._profile) if f"pid={pid}," in told]


def test_closing_twice_and_using_it_again(browser: ChromiumBrowser) -> None:
    browser.navigate("data:text/html,<title>one</title>")
    browser.close()
    assert processes(browser._profile) == []
    browser.close()
    assert browser.navigate("data:text/html,<title>two</title>").title == "two"


def test_without_a_browser_the_error_says_what_to_install(start: Start) -> None:
    with pytest.raises(ProgramMissing, match="apt-get install"):
        start(BrowserSettings(program="no-such-browser")).tabs()


def test_a_browser_that_ends_at_once_is_an_error(start: Start) -> None:
    with pytest.raises(StartFailed, match="exit code 1"):
        start(BrowserSettings(program="false")).tabs()


def test_it_works_in_namespaces_of_its_own(start: Start, tmp_path: Path) -> None:
    """Without the network, and where other process ids count: the pipe needs neither."""
    inside = tmp_path / "inside"
    alone = "--dev-bind / / --unshare-net --unshare-pid --unshare-ipc --die-with-parent"
    inside.write_text(f'#!/bin/sh\nexec bwrap {alone} -- chromium "$@"\n')
    inside.chmod(0o755)
    browser = start(BrowserSettings(program=str(inside)))
    for title in ("one", "two"):
        assert browser.navigate(f"data:text/html,<title>{title}</title>").title == title
        browser.close()


def test_a_browser_that_says_nothing_is_an_error(start: Start, tmp_path: Path) -> None:
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexec sleep 60\n")
    silent.chmod(0o755)
    with pytest.raises(StartFailed, match=r"within 0\.5 s"):
        start(BrowserSettings(program=str(silent), start_within=0.5)).tabs()


def test_flags_of_the_settings_are_given(start: Start) -> None:
    browser = start(BrowserSettings(flags=("--user-agent=Deskhand",)))
    browser.tabs()
    assert browser.evaluate("navigator.userAgent") == "Deskhand"


@pytest.mark.parametrize("how", ["killed", "window closed"])
def test_a_browser_that_went_away_is_told_once_and_started_again(
    browser: ChromiumBrowser, xdo: Callable[..., None], how: str
) -> None:
    browser.navigate("data:text/html,<title>before</title>")
    if how == "killed":
        os.kill(min(processes(browser._profile)), signal.SIGKILL)
    else:
        xdo("key", "ctrl+shift+w")
    assert until(lambda: not browser._chromium or not browser._chromium.alive, within=10)
    assert not browser.busy()
    with pytest.raises(BrowserGone):
        browser.html()
    assert "<body>" in browser.html()
    assert browser.navigate("data:text/html,<title>after</title>").title == "after"


def test_navigating_starts_a_browser_that_went_away_without_a_word(browser: ChromiumBrowser) -> None:
    browser.tabs()
    os.kill(min(processes(browser._profile)), signal.SIGKILL)
    assert until(lambda: not browser._chromium or not browser._chromium.alive, within=10)
    assert browser.navigate("data:text/html,<title>after</title>").title == "after"


def test_a_browser_that_dies_in_a_call_is_noticed(browser: ChromiumBrowser) -> None:
    browser.tabs()
    first = min(processes(browser._profile))
    threading.Timer(0.3, os.kill, (first, signal.SIGKILL)).start()
    with pytest.raises(BrowserGone):
        browser.evaluate("new Promise(() => {})")
    assert browser.tabs()


def test_it_ends_when_the_process_that_started_it_is_killed(spawner: LocalSpawner, tmp_path: Path) -> None:
    code = """if True:
        import pathlib, sys, time
        from deskhand.actions.geometry import Size
        from deskhand.vm.browser import BrowserSettings, ChromiumBrowser
        from deskhand.vm.spawning import LocalSpawner
        profile, size = pathlib.Path(sys.argv[1]), Size(1280, 720)
        browser = ChromiumBrowser(LocalSpawner(), profile, lambda: size, BrowserSettings())
        print(len(browser.tabs()), flush=True)
        time.sleep(60)
    """
    command = [sys.executable, "-c", code, str(tmp_path / "orphan")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(spawner.env)) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"1\n"
        parent.kill()
    assert until(lambda: not processes(tmp_path / "orphan"), within=10)


# -- navigating ----------------------------------------------------------------------------------------------------


def test_navigate_tells_where_the_page_is(browser: ChromiumBrowser, site: str) -> None:
    page = f"{site}/say/<!doctype html><title>Tall</title><body style='margin:0;height:3000px'>"
    context = browser.navigate(page)
    assert (context.title, context.active) == ("Tall", True)
    assert context.url.startswith(f"{site}/say/")
    assert context.page_height == 3000
    assert (context.viewport_width, context.device_scale_factor) == (1280, 1)
    assert 500 < context.viewport_height < 720
    browser.evaluate("scrollTo(0, 250)")
    assert browser.context().scroll_y == 250
    assert not browser.busy()


def test_a_redirect_is_followed(browser: ChromiumBrowser, site: str) -> None:
    context = browser.navigate(f"{site}/redirect/<title>there</title>")
    assert context.title == "there"
    assert context.url.startswith(f"{site}/say/")


def test_a_script_that_leads_elsewhere_while_loading_is_followed(browser: ChromiumBrowser, site: str) -> None:
    page = f"{site}/say/<script>location.replace('/say/<title>there<%2ftitle>')</script>"
    assert browser.navigate(page).title == "there"


def test_a_missing_page_is_shown(browser: ChromiumBrowser, site: str) -> None:
    assert browser.navigate(f"{site}/nothing").title == "nothing here"


def test_a_place_in_the_page_needs_no_loading(browser: ChromiumBrowser, site: str) -> None:
    page = f"{site}/say/<!doctype html><body style='height:3000px'><p id=p style='margin-top:2000px'>"
    browser.navigate(page)
    assert browser.navigate(f"{page}#p").scroll_y > 1000


def test_a_file_is_opened(browser: ChromiumBrowser, tmp_path: Path) -> None:
    (tmp_path / "a page.html").write_text("<title>from disk</title>")
    assert browser.navigate(f"file://{tmp_path}/a page.html").title == "from disk"


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("http://127.0.0.1:9/", "ERR_UNSAFE_PORT"),
        ("http://127.0.0.1:4/", "ERR_CONNECTION_REFUSED"),
        ("http://nowhere.invalid/", "ERR_(NAME_NOT_RESOLVED|INTERNET_DISCONNECTED)"),
        ("file:///no/such/file", "ERR_FILE_NOT_FOUND"),
    ],
)
def test_a_failure_is_told_in_chromiums_own_word(browser: ChromiumBrowser, url: str, word: str) -> None:
    with pytest.raises(NavigationFailed, match=f"net::{word}"):
        browser.navigate(url)
    assert not browser.busy()
    assert browser.navigate("data:text/html,<title>fine</title>").title == "fine"


def test_an_answer_without_a_page_is_an_error(browser: ChromiumBrowser, site: str) -> None:
    browser.navigate(f"{site}/say/<title>stays</title>")
    with pytest.raises(NavigationFailed, match="ERR_ABORTED"):
        browser.navigate(f"{site}/empty")
    assert browser.context().title == "stays"


def test_a_download_leaves_the_page_and_brings_the_file(
    browser: ChromiumBrowser, site: str, tmp_path: Path
) -> None:
    browser.navigate(f"{site}/say/<title>stays</title>")
    assert browser.navigate(f"{site}/file/wanted.bin").title == "stays"
    assert until(lambda: list(tmp_path.rglob("wanted.bin")), within=10)


def test_a_server_that_hangs_is_an_error_that_names_the_time(start: Start, site: str) -> None:
    browser = start(QUICK)
    browser.navigate(f"{site}/say/<title>stays</title>")
    with pytest.raises(NavigationFailed, match=r"did not answer within 1\.5 s"):
        browser.navigate(f"{site}/hang/")
    assert browser.context().title == "stays"
    assert until(lambda: not browser.busy(), within=5)


def test_a_page_that_goes_on_loading_is_shown_and_busy(start: Start, site: str) -> None:
    browser = start(QUICK)
    context = browser.navigate(f"{site}/say/<title>slow</title><img src=/late/x>")
    assert context.title == "slow"
    assert browser.busy()
    Pages.let_go.set()
    assert until(lambda: not browser.busy(), within=10)


def test_a_link_that_is_clicked_makes_it_busy(
    browser: ChromiumBrowser, site: str, xdo: Callable[..., None]
) -> None:
    browser.navigate(f"{site}/say/<a id=a href='/say/<title>next<%2ftitle><img src=%2flate%2fx>'>go</a>")
    xdo("mousemove", *browser.rectangle("#a").center, "click", 1)
    assert until(browser.busy, within=10)
    Pages.let_go.set()
    assert until(lambda: not browser.busy(), within=10)
    assert browser.context().title == "next"


def test_a_background_tab_that_loads_does_not_make_it_busy(start: Start, site: str) -> None:
    browser = start(QUICK)
    browser.navigate(f"{site}/say/<title>slow</title><img src=/late/x>")
    browser.new_tab("data:text/html,front")
    assert not browser.busy()


# -- tabs ----------------------------------------------------------------------------------------------------------


def page_of(colour: str) -> str:
    return f"data:text/html,<title>{colour}</title><body style='background:{colour}'>"


def test_tabs_are_opened_switched_and_closed_in_view(browser: ChromiumBrowser, display: str) -> None:
    middle = Point(640, 400)
    browser.navigate(page_of("red"))
    first = browser.tabs()[0]
    second = browser.new_tab(page_of("blue"))
    assert (second.title, second.active) == ("blue", True)
    assert [(tab.title, tab.active) for tab in browser.tabs()] == [("red", False), ("blue", True)]
    assert until(lambda: colour(display, middle) == (0, 0, 255), within=5)

    assert browser.switch_tab(first.id).active
    assert until(lambda: colour(display, middle) == (255, 0, 0), within=5)
    assert browser.context().title == "red"
    assert browser.context(tab_id=second.id).title == "blue"
    assert not browser.context(tab_id=second.id).active
    assert "blue" in browser.html(tab_id=second.id)

    browser.close_tab(first.id)
    assert [(tab.id, tab.active) for tab in browser.tabs()] == [(second.id, True)]
    assert until(lambda: colour(display, middle) == (0, 0, 255), within=5)


def test_the_window_stays_when_the_last_tab_is_closed(browser: ChromiumBrowser) -> None:
    only = browser.tabs()[0]
    browser.close_tab(only.id)
    [left] = browser.tabs()
    assert left.id != only.id
    assert (left.url, left.active) == ("about:blank", True)


def test_an_unknown_tab_is_an_error(browser: ChromiumBrowser) -> None:
    for call in (browser.switch_tab, browser.close_tab):
        with pytest.raises(NoSuchTab, match="list_tabs"):
            call("nothing")
    for read in (browser.html, browser.context):
        with pytest.raises(NoSuchTab):
            read(tab_id="nothing")
    with pytest.raises(NoSuchTab):
        browser.navigate("about:blank", tab_id="nothing")


def test_a_tab_whose_address_fails_stays_open(browser: ChromiumBrowser) -> None:
    browser.tabs()
    with pytest.raises(NavigationFailed):
        browser.new_tab("http://nowhere.invalid/")
    assert [(tab.url, tab.active) for tab in browser.tabs()][1] == ("http://nowhere.invalid/", True)


def test_the_active_tab_follows_the_person(
    browser: ChromiumBrowser, site: str, xdo: Callable[..., None]
) -> None:
    browser.navigate(
        f"{site}/say/<title>A</title><a id=a target=_blank href='/say/<title>B<%2ftitle>'>open</a>"
    )
    xdo("mousemove", *browser.rectangle("#a").center, "click", 1)
    assert until(lambda: active(browser) == "B", within=10)
    assert browser.context().title == "B"
    xdo("key", "ctrl+Tab")
    assert until(lambda: active(browser) == "A", within=10)
    xdo("key", "ctrl+2")
    assert until(lambda: active(browser) == "B", within=10)
    xdo("mousemove", 100, 15, "click", 1)  # the first tab's place in the strip
    assert until(lambda: active(browser) == "A", within=10)
    xdo("key", "ctrl+t")
    assert until(lambda: len(browser.tabs()) == 3 and active(browser) not in {"A", "B"}, within=10)
    xdo("key", "ctrl+w")
    assert until(lambda: len(browser.tabs()) == 2, within=10)
    assert until(lambda: active(browser) in {"A", "B"}, within=10)


def test_a_window_that_a_page_opens_is_a_tab_too(
    browser: ChromiumBrowser, site: str, xdo: Callable[..., None]
) -> None:
    opens = "open('/say/<title>small<%2ftitle>', '', 'width=400,height=300')"
    browser.navigate(f'{site}/say/<title>main</title><button id=b onclick="{opens}">open</button>')
    xdo("mousemove", *browser.rectangle("#b").center, "click", 1)
    assert until(lambda: active(browser) == "small", within=10)
    small = browser.context()
    assert small.title == "small"
    assert small.viewport_width < 500
    for title in ("one", "two", "three"):  # the page that is left must not take the tab out of view
        assert browser.navigate(f"{site}/say/<title>{title}</title>").tab_id == small.tab_id
        assert until(partial(is_active, browser, title), within=5)
    browser.close_tab(small.tab_id)
    assert until(lambda: active(browser) == "main", within=10)


# -- reading pages -------------------------------------------------------------------------------------------------


def test_html_is_the_page_as_it_is_now(browser: ChromiumBrowser, site: str) -> None:
    browser.navigate(f"{site}/say/<!doctype html><title>t</title><p id=p>old ü</p>")
    browser.evaluate("document.getElementById('p').textContent = 'new ä 文'; null")
    html = browser.html()
    assert html.startswith("<!DOCTYPE html>\n<html>")
    assert '<p id="p">new ä 文</p>' in html


def test_html_of_a_large_page_is_whole(browser: ChromiumBrowser) -> None:
    browser.navigate("data:text/html,<p id=p>")
    browser.evaluate("document.getElementById('p').textContent = 'x'.repeat(12e6); null")
    assert len(browser.html()) > 12_000_000


def test_a_page_cannot_change_what_is_read_of_it(browser: ChromiumBrowser) -> None:
    outer = "Object.defineProperty(Element.prototype, 'outerHTML', {get: () => 'lie'})"
    lies = f"innerWidth = 7; XMLSerializer = null; {outer}"
    browser.navigate(f"data:text/html,<!doctype html><p>true</p><script>{lies}</script>")
    assert "<p>true</p>" in browser.html()
    assert browser.context().viewport_width == 1280


def test_an_expression_that_fails_is_an_error(browser: ChromiumBrowser) -> None:
    with pytest.raises(PageFailed, match="nothing is not defined"):
        browser.evaluate("nothing")
    assert browser.evaluate("Promise.resolve([1, 'a', null])") == [1, "a", None]


WITNESS = """<!doctype html><title>w</title><body style='margin:0;width:2500px;height:2500px'>
<script>window.hits = []; addEventListener('mousedown', e => hits.push([e.target.id, e.screenX, e.screenY]))</script>
"""
PLACES = {
    "a": (0, 0, 40, 20),
    "b": (333, 77, 61, 33),
    "c": (611, 301, 25, 25),
    "d": (1003.5, 205.25, 31.5, 17),
}


@pytest.mark.parametrize("zoom", ["", "plus", "plus plus plus", "minus minus minus"])
@pytest.mark.parametrize("scroll", [(0, 0), (53, 37)])
def test_a_rectangle_is_where_a_click_hits(
    browser: ChromiumBrowser, site: str, xdo: Callable[..., None], zoom: str, scroll: tuple[int, int]
) -> None:
    boxes = "".join(
        f"<div id={name} style='position:absolute;background:red;left:{x + 60}px;top:{y + 40}px;"
        f"width:{width}px;height:{height}px'></div>"
        for name, (x, y, width, height) in PLACES.items()
    )
    browser.navigate(f"{site}/say/{WITNESS}{boxes}".replace("\n", ""))
    before = browser.context().device_scale_factor
    for key in zoom.split():
        xdo("key", f"ctrl+{key}")
    assert until(lambda: (browser.context().device_scale_factor != before) == bool(zoom), within=5)
    browser.evaluate(f"scrollTo({scroll[0]}, {scroll[1]})")
    seen = browser.context()
    for name in PLACES:
        place = browser.rectangle(f"#{name}")
        if place.right > SIZE.width or place.bottom > SIZE.height:
            continue
        corners = [place.center, Point(place.x + 1, place.y + 1), Point(place.right - 2, place.bottom - 2)]
        for corner in corners:
            hits = browser.evaluate("hits.length")
            xdo("mousemove", *corner, "click", 1)
            assert until(partial(differs, browser, "hits.length", hits), within=5)
            assert browser.evaluate("hits.at(-1)[0]") == name, (place, corner, seen)


def test_an_element_that_is_not_there_is_an_error(browser: ChromiumBrowser) -> None:
    with pytest.raises(PageFailed, match="#nothing"):
        browser.rectangle("#nothing")
    with pytest.raises(PageFailed, match="selector"):
        browser.rectangle("][")


# -- pages in trouble ----------------------------------------------------------------------------------------------


def test_an_open_dialog_is_told_and_can_be_answered(
    browser: ChromiumBrowser, site: str, xdo: Callable[..., None]
) -> None:
    browser.navigate(f"{site}/say/<title>d</title><button id=b onclick=\"alert('Stop!')\">b</button>")
    xdo("mousemove", *browser.rectangle("#b").center, "click", 1)

    def blocked() -> bool:
        try:
            browser.html()
        except PageFailed as error:
            return "alert 'Stop!'" in str(error)
        return False

    assert until(blocked, within=10)
    with pytest.raises(PageFailed, match="dialog"):
        browser.context()
    with pytest.raises(PageFailed, match="dialog"):
        browser.navigate("about:blank")
    with pytest.raises(PageFailed, match="dialog"):
        browser.evaluate("1")
    assert browser.tabs()[0].title == "d"
    dismiss(browser, xdo)
    assert browser.context().title == "d"


def test_a_dialog_of_a_page_that_loads_does_not_hang(
    browser: ChromiumBrowser, site: str, xdo: Callable[..., None]
) -> None:
    with pytest.raises(PageFailed, match="confirm 'Really'"):
        browser.navigate(f"{site}/say/<title>d</title><script>document.title = confirm('Really')</script>")
    dismiss(browser, xdo)
    assert until(lambda: browser.tabs()[0].title == "false", within=10)


def test_a_page_that_does_not_want_to_be_left_is_told(
    browser: ChromiumBrowser, site: str, xdo: Callable[..., None]
) -> None:
    keeps = "addEventListener('beforeunload', e => e.preventDefault())"
    browser.navigate(f"{site}/say/<title>keeps</title><input id=i><script>{keeps}</script>")
    xdo("mousemove", *browser.rectangle("#i").center, "click", 1, "type", "x")
    assert until(lambda: browser.evaluate("document.getElementById('i').value") == "x", within=10)
    with pytest.raises(PageFailed, match="beforeunload"):
        browser.navigate("data:text/html,<title>next</title>")
    dismiss(browser, xdo)
    assert browser.context().title == "keeps"


def dismiss(browser: ChromiumBrowser, xdo: Callable[..., None]) -> None:
    """Press Escape until the page answers: the dialog is told of some moments before it takes keys."""

    def dismissed() -> bool:
        xdo("key", "Escape")
        return answers(browser)

    assert until(dismissed, within=15)


def answers(browser: ChromiumBrowser) -> bool:
    try:
        browser.context()
    except PageFailed:
        return False
    return True


def test_a_page_that_hangs_is_an_error_that_names_the_time(start: Start) -> None:
    browser = start(QUICK)
    browser.navigate("data:text/html,<title>hangs</title>")
    browser.evaluate("setTimeout(() => { for (;;); }, 0); null")
    with pytest.raises(PageFailed, match=r"1\.5 s"):
        browser.html()
    other = browser.new_tab("data:text/html,<title>fine</title>")
    assert other.active
    assert active(browser) == "fine"


def test_a_crashed_page_is_told_and_opened_again(start: Start, site: str) -> None:
    browser = start(QUICK)
    browser.navigate(f"{site}/say/<title>before</title>")
    tab = browser.tabs()[0].id
    other = browser.new_tab("data:text/html,<title>other</title>")
    crash(browser, tab)
    with pytest.raises(PageFailed, match="crashed"):
        browser.html(tab_id=tab)
    assert browser.context(tab_id=other.id).title == "other"
    assert browser.switch_tab(tab).active
    assert browser.navigate(f"{site}/say/<title>after</title>").title == "after"


def crash(browser: ChromiumBrowser, tab: str) -> None:
    chromium = browser._chromium
    assert chromium is not None
    page = chromium._session.pages.named(tab)

    async def ask() -> None:
        await chromium._session._client.send_raw("Page.navigate", {"url": "chrome://crash"}, page.session)

    chromium.call(ask, within=10)
    assert until(lambda: page.crashed, within=10)
