"""Qt 5: a QLineEdit and a QPlainTextEdit that report every key, button and text they receive.

Debian's /usr/bin/python3 runs it: ``qt_entry.py REPORT``. Needs python3-pyqt5.
"""

import sys

from PyQt5.QtCore import QEvent, QObject, QSocketNotifier, Qt
from PyQt5.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from report import Report, commands

report = Report(sys.argv[1])
MODIFIERS = {
    "shift": Qt.ShiftModifier,
    "control": Qt.ControlModifier,
    "mod1": Qt.AltModifier,
    "mod4": Qt.MetaModifier,
}


class Listener(QObject):
    """Sees the events of the whole application before the widgets do."""

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        kind = event.type()
        if kind in (QEvent.KeyPress, QEvent.KeyRelease) and isinstance(watched, QLineEdit | QPlainTextEdit):
            held = [name for name, flag in MODIFIERS.items() if event.modifiers() & flag]
            report.tell(
                "key",
                down=kind == QEvent.KeyPress,
                text=event.text(),
                keycode=event.nativeScanCode(),
                keysym=event.nativeVirtualKey(),
                held=held,
                repeat=event.isAutoRepeat(),
            )
        elif (
            kind in (QEvent.MouseButtonPress, QEvent.MouseButtonRelease) and watched is window.windowHandle()
        ):
            report.tell(
                "button",
                down=kind == QEvent.MouseButtonPress,
                button=int(event.button()),
                x=event.globalX(),
                y=event.globalY(),
            )
        elif kind == QEvent.WindowActivate and watched is window:
            report.reached("focused")
        elif kind == QEvent.Expose and watched is window.windowHandle():
            report.reached("mapped")
        elif kind == QEvent.Paint and watched is window:
            report.reached("painted")
        return False


class Window(QWidget):
    def __init__(self):
        super().__init__()
        self.setWindowTitle("Witness Qt")
        self.setGeometry(40, 40, 700, 400)
        self.entry, self.text = QLineEdit(self), QPlainTextEdit(self)
        self.entry.textChanged.connect(lambda text: report.tell("text", field="entry", text=text))
        self.text.textChanged.connect(lambda: report.tell("text", field="text", text=self.text.toPlainText()))
        layout = QVBoxLayout(self)
        layout.addWidget(self.entry)
        layout.addWidget(self.text)

    def obey(self):
        match commands():
            case ["clear"]:
                self.entry.clear()
                self.text.clear()
                report.tell("cleared")
            case ["focus", name]:
                getattr(self, name).setFocus()
                report.tell("focus", field=name)


application = QApplication(sys.argv)
window = Window()
listener = Listener()
application.installEventFilter(listener)
commanded = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Read)
commanded.activated.connect(window.obey)
window.show()
window.entry.setFocus()
sys.exit(application.exec_())
