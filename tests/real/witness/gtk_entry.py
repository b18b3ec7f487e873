"""GTK 3: an Entry and a TextView that report every key, button and text they receive.

Debian's /usr/bin/python3 runs it: ``gtk_entry.py REPORT``. Needs python3-gi and gir1.2-gtk-3.0.
"""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402
from report import Report, commands  # noqa: E402

report = Report(sys.argv[1])
MASKS = {
    "shift": Gdk.ModifierType.SHIFT_MASK,
    "control": Gdk.ModifierType.CONTROL_MASK,
    "mod1": Gdk.ModifierType.MOD1_MASK,
    "mod4": Gdk.ModifierType.MOD4_MASK,
}


def on_key(_widget, event, down):
    held = [name for name, mask in MASKS.items() if event.state & mask]
    report.tell(
        "key", down=down, key=Gdk.keyval_name(event.keyval), keycode=event.hardware_keycode, held=held
    )
    return False


def on_button(_widget, event, down):
    report.tell("button", down=down, button=event.button, x=int(event.x_root), y=int(event.y_root))
    return False


def on_text(buffer, field):
    report.tell("text", field=field, text=buffer.get_property("text"))


class Window(Gtk.Window):
    def __init__(self):
        super().__init__(title="Witness GTK")
        self.set_default_size(700, 400)
        self.move(40, 40)
        self.entry = Gtk.Entry()
        self.text = Gtk.TextView(accepts_tab=True)
        self.entry.get_buffer().connect("notify::text", lambda buffer, _: on_text(buffer, "entry"))
        self.text.get_buffer().connect("changed", on_text, "text")
        box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=8, margin=12)
        box.pack_start(self.entry, False, False, 0)
        box.pack_start(self.text, True, True, 0)
        self.add(box)
        self.connect("key-press-event", on_key, True)
        self.connect("key-release-event", on_key, False)
        self.connect("button-press-event", on_button, True)
        self.connect("button-release-event", on_button, False)
        self.connect("map-event", lambda *_: report.reached("mapped"))
        self.connect("focus-in-event", lambda *_: report.reached("focused"))
        self.connect_after("realize", self.on_realize)
        self.connect("destroy", Gtk.main_quit)

    def on_realize(self, *_):
        self.get_frame_clock().connect("after-paint", lambda _: report.reached("painted"))

    def obey(self, *_):
        match commands():
            case ["clear"]:
                self.entry.set_text("")
                self.text.get_buffer().set_text("")
                report.tell("cleared")
            case ["focus", name]:
                getattr(self, name).grab_focus()
                report.tell("focus", field=name)
        return True


window = Window()
GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, window.obey)
window.show_all()
window.entry.grab_focus()
Gtk.main()
