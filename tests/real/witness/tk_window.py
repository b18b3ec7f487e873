"""Tk: a canvas that reports every button, motion, key and wheel event, and an Entry that reports its text.

Debian's /usr/bin/python3 runs it: ``tk_window.py REPORT``. Needs python3-tk. The canvas carries a square that the
left button drags: "focus canvas" is answered by where its middle is, "dragged" tells where it was let go.
"""

import sys
import tkinter

from report import Report, commands

report = Report(sys.argv[1])
MASKS = {"shift": 1, "lock": 2, "control": 4, "mod1": 8, "mod2": 16, "mod4": 64}


def held(event):
    return [name for name, mask in MASKS.items() if isinstance(event.state, int) and event.state & mask]


def on_button(event, down):
    report.tell("button", down=down, button=event.num, x=event.x_root, y=event.y_root, held=held(event))


def on_motion(event):
    report.tell("motion", x=event.x_root, y=event.y_root, held=held(event), buttons=event.state >> 8 & 31)


def on_key(event, down):
    report.tell("key", down=down, key=event.keysym, char=event.char, keycode=event.keycode, held=held(event))


class Window:
    def __init__(self):
        self.root = tkinter.Tk()
        self.root.title("Witness Tk")
        self.root.geometry("700x400+40+40")
        self.typed = tkinter.StringVar()
        self.typed.trace_add("write", lambda *_: report.tell("text", field="entry", text=self.typed.get()))
        self.entry = tkinter.Entry(self.root, textvariable=self.typed)
        self.entry.pack(fill="x")
        self.canvas = tkinter.Canvas(self.root, background="white", highlightthickness=0)
        self.canvas.pack(fill="both", expand=True)
        self.square = self.canvas.create_rectangle(20, 20, 80, 80, fill="#2f6feb", tags="square")
        self.canvas.tag_bind("square", "<B1-Motion>", self.drag)
        self.canvas.tag_bind("square", "<ButtonRelease-1>", self.drop)
        self.listen()

    def listen(self):
        for kind, down in (("Button", True), ("ButtonRelease", False)):
            self.root.bind(f"<{kind}>", lambda event, down=down: on_button(event, down))
        for kind, down in (("KeyPress", True), ("KeyRelease", False)):
            self.root.bind(f"<{kind}>", lambda event, down=down: on_key(event, down))
        self.root.bind("<Motion>", on_motion)
        self.root.bind("<Map>", lambda _: report.reached("mapped"))
        self.root.bind("<Expose>", lambda _: report.reached("painted"))
        self.canvas.bind("<Expose>", lambda _: report.reached("painted"), add=True)
        self.entry.bind("<FocusIn>", lambda _: report.reached("focused"), add=True)
        self.root.createfilehandler(sys.stdin, tkinter.READABLE, self.obey)

    def drag(self, event):
        self.canvas.coords(self.square, event.x - 30, event.y - 30, event.x + 30, event.y + 30)

    def drop(self, _event):
        left, top, _, _ = self.canvas.coords(self.square)
        report.tell(
            "dragged",
            x=self.canvas.winfo_rootx() + int(left) + 30,
            y=self.canvas.winfo_rooty() + int(top) + 30,
        )

    def obey(self, *_):
        match commands():
            case ["clear"]:
                self.typed.set("")
                self.canvas.coords(self.square, 20, 20, 80, 80)
                report.tell("cleared")
            case ["focus", "entry"]:
                self.entry.focus_force()
                report.tell("focus", field="entry")
            case ["focus", "canvas"]:
                self.canvas.focus_force()
                at = {"x": self.canvas.winfo_rootx() + 50, "y": self.canvas.winfo_rooty() + 50}
                report.tell("focus", field="canvas", square=at)


window = Window()
window.root.after_idle(window.entry.focus_set)
window.root.mainloop()
