"""Receive series over the network: where to listen, who may send, where they go, and what has come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from covidviewer.services.dicom.receiver_plan import AE_TITLE, LOOPBACK
from covidviewer.ui.dialogs.widgets import fit, scrolling
from covidviewer.ui.figures import count
from covidviewer.ui.panels.widgets import label, rule, wheel_when_focused
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.services.dicom.receive import Received
    from covidviewer.services.dicom.receiver_plan import ReceiverPlan

USUAL_PORT: Final = 11112
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - only with a list of who may connect


class ReceiveDialog(QDialog):
    """Not modal; closing it leaves the receiver as it is."""

    start_wanted = Signal(object)
    """`ReceiverPlan`."""
    stop_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Receive series"))
        fit(self, UNIT * 160, UNIT * 110)
        self._series: set[Path] = set()
        self._objects, self._refusals = 0, 0
        self.port = QSpinBox(minimum=1, maximum=65535, value=USUAL_PORT)
        wheel_when_focused(self.port)
        self.title = QLineEdit(AE_TITLE)
        self.folder = QLineEdit()
        self.addresses, self.senders = QLineEdit(), QLineEdit()
        self.choose = QPushButton(tr("Choose…"))
        self.toggle = QPushButton(tr("Start"))
        self.toggle.setProperty("role", "primary")
        self.close_button = QPushButton(tr("Close"))
        self.state = label(tr("Off. The program listens only after you click Start."), "body")
        self.counts = label("", "caption")
        self.trouble = label("", "warning")
        self.trouble.hide()
        self._listening = False
        self._lay_out()
        self.choose.clicked.connect(self._choose)
        self.toggle.clicked.connect(self._on_toggle)
        self.close_button.clicked.connect(self.close)
        for field in (self.folder, self.title):
            field.textChanged.connect(self._refresh)
        self._refresh()

    # What the receiver tells

    def on_listening(self, port: int) -> None:
        """It listens."""
        where = tr("this computer only") if not self.addresses.text().strip() else tr("the listed addresses")
        self.state.setText(
            tr("Listening on port {port} as {title}, for {who}.", port=port, title=self.title.text().strip(), who=where)
        )

    def on_received(self, received: Received) -> None:
        """An object came, or was refused."""
        if received.path is None:
            self._refusals += 1
            self._say(tr(received.reason))
        else:
            self._objects += 1
            self._series.add(received.path.parent)
        came = tr(
            "{objects} of {series} received",
            objects=count(self._objects, tr("object"), tr("objects")),
            series=count(len(self._series), tr("series"), tr("series")),
        )
        self.counts.setText(f"{came}, {tr('{n} rejected', n=self._refusals)}" if self._refusals else came)

    def on_refused(self, reason: str) -> None:
        """It cannot listen."""
        self._say(tr(reason))

    def on_ended(self) -> None:
        """It does not listen any more."""
        self._listening = False
        self.state.setText(tr("Off. The program listens only after you click Start."))
        self._refresh()

    # Building

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(UNIT * 5)
        form.setVerticalSpacing(UNIT * 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.folder.setPlaceholderText(tr("a folder for received objects, with a subfolder for each series"))
        self.addresses.setPlaceholderText(tr("10.1.2.3, 10.1.2.0/24; empty: this computer only"))
        self.senders.setPlaceholderText(tr("PACS, SCANNER1; empty: any title"))
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT * 2)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        place.setFocusProxy(self.folder)
        self.folder.setAccessibleName(tr("Folder"))
        form.addRow(tr("Folder"), place)
        form.addRow(tr("Port"), self.port)
        form.addRow(tr("AE title of this program"), self.title)
        form.addRow(tr("Allowed addresses"), self.addresses)
        form.addRow(tr("Allowed AE titles"), self.senders)
        button_row = QHBoxLayout()
        button_row.addWidget(self.toggle)
        button_row.addStretch()
        button_row.addWidget(self.close_button)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(UNIT * 3)
        inside.addWidget(label(tr("CT series sent by a scanner, a PACS or another viewer (DICOM C-STORE).")))
        inside.addLayout(form)
        inside.addWidget(rule())
        for words in (self.state, self.counts, self.trouble):
            inside.addWidget(words)
        inside.addStretch()
        page = QVBoxLayout(self)
        page.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 4)
        page.setSpacing(UNIT * 3)
        page.addWidget(scrolling(content), 1)
        page.addLayout(button_row)

    # What a person does

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Folder for received series"), self.folder.text())
        if name:
            self.folder.setText(name)

    def _on_toggle(self) -> None:
        if self._listening:
            self.state.setText(tr("Stopping…"))
            self.toggle.setEnabled(False)
            self.stop_wanted.emit()
            return
        self._say("")
        self._listening = True
        self.state.setText(tr("Starting…"))
        self._refresh()
        self.start_wanted.emit(self._wanted())

    def _wanted(self) -> ReceiverPlan:
        from covidviewer.services.dicom.receiver_plan import ReceiverPlan

        networks = listed(self.addresses.text())
        return ReceiverPlan(
            Path(self.folder.text().strip()).expanduser().absolute(),
            self.port.value(),
            EVERYWHERE if networks else LOOPBACK,
            self.title.text().strip(),
            listed(self.senders.text()),
            networks,
        )

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _refresh(self) -> None:
        """What can be pressed and typed now."""
        for field in (self.folder, self.choose, self.port, self.title, self.addresses, self.senders):
            field.setEnabled(not self._listening)
        self.toggle.setText(tr("Stop") if self._listening else tr("Start"))
        self.toggle.setEnabled(self._listening or bool(self.folder.text().strip() and self.title.text().strip()))


def listed(text: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
