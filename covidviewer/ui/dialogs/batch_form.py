"""What a batch is asked for: folder, table, heat maps, report, and how; each field can be typed into or chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from covidviewer.ui.panels.widgets import label
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.services.batch.plan import BatchPlan

FORMS: Final = "CSV (*.csv);;JSON (*.json);;Parquet (*.parquet)"
REPORT_FORMS: Final = "HTML (*.html);;PDF (*.pdf)"


@dataclass(frozen=True)
class Offer:
    """Where outputs go unless a person says otherwise: beside the folder, named after it; '' without a folder."""

    table: str = ""
    heat_maps: str = ""
    report: str = ""

    @classmethod
    def beside(cls, folder: str, table_form: str) -> Offer:
        """The offer for a folder as it was typed, and a table that ends in `table_form`."""
        if not folder:
            return cls()
        place = Path(folder)
        start = place.parent / (place.name or "scans")
        return cls(f"{start}-scores.{table_form}", f"{start}-heat-maps", f"{start}-report.html")


class BatchForm(QWidget):
    """The fields; disabled as a whole while a batch runs."""

    changed = Signal()
    """What is wanted changed."""

    def __init__(self) -> None:
        super().__init__()
        self.folder, self.output, self.heat_maps, self.report = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.recursive = QCheckBox(tr("Include subfolders"))
        self.recursive.setChecked(True)
        self.with_maps = QCheckBox(tr("Heat maps of scored slices"))
        self.with_report = QCheckBox(tr("Report"))
        self.earlier = label(
            tr("Resumes the earlier run of this table: processes only new, changed and failed files."), "caption"
        )
        self.earlier.hide()
        self.table_form = "csv"
        self._offered = Offer()
        self._lay_out()
        self.folder.textChanged.connect(self._offer)
        self.output.textChanged.connect(self.look_for_earlier_run)
        for option in (self.with_maps, self.with_report):
            option.toggled.connect(self.changed)
        for field in (self.folder, self.heat_maps, self.report):
            field.textChanged.connect(self.changed)

    @property
    def complete(self) -> bool:
        """Whether a batch can be asked for."""
        options = ((self.with_maps, self.heat_maps), (self.with_report, self.report))
        named = bool(self.folder.text().strip() and self.output.text().strip())
        return named and all(field.text().strip() or not wanted.isChecked() for wanted, field in options)

    def choose(self, folder: Path) -> None:
        """Offer a folder, and outputs beside it."""
        self.folder.setText(str(folder))

    def plan(self) -> BatchPlan:
        """What the fields say."""
        from covidviewer.services.batch.plan import BatchPlan, has_earlier_run

        output = Path(self.output.text().strip())
        maps = self.heat_maps.text().strip() if self.with_maps.isChecked() else ""
        report = self.report.text().strip() if self.with_report.isChecked() else ""
        return BatchPlan(
            Path(self.folder.text().strip()),
            output,
            recursive=self.recursive.isChecked(),
            heat_maps=Path(maps) if maps else None,
            report=Path(report) if report else None,
            resume=has_earlier_run(output),
        )

    def look_for_earlier_run(self) -> None:
        """Say whether there is one of this table, which is gone on with: no table is ever overwritten."""
        from covidviewer.services.batch.plan import has_earlier_run

        text = self.output.text().strip()
        self.earlier.setVisible(bool(text) and has_earlier_run(Path(text)))
        self.changed.emit()

    def _offer(self, folder: str) -> None:
        """Name the outputs after the folder, where nobody named them otherwise."""
        before, self._offered = self._offered, Offer.beside(folder.strip(), self.table_form)
        for field, old, new in (
            (self.output, before.table, self._offered.table),
            (self.heat_maps, before.heat_maps, self._offered.heat_maps),
            (self.report, before.report, self._offered.report),
        ):
            if field.text() == old:
                field.setText(new)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(UNIT * 5)
        form.setVerticalSpacing(UNIT * 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.folder.setPlaceholderText(tr("a folder of DICOM files, images or archives"))
        self.output.setPlaceholderText(tr("a .csv, .json or .parquet file"))
        self.heat_maps.setPlaceholderText(tr("a folder for heat maps"))
        self.report.setPlaceholderText(tr("a .html or .pdf file"))
        self.folder.setAccessibleName(tr("Folder"))
        self.output.setAccessibleName(tr("Table"))
        self.heat_maps.setAccessibleName(tr("Heat maps"))
        self.report.setAccessibleName(tr("Report"))
        form.addRow(tr("Folder"), self._row(self.folder, self._choose_folder))
        form.addRow(tr("Table"), self._row(self.output, self._choose_output))
        form.addRow(self.with_maps, self._row(self.heat_maps, self._choose_maps))
        form.addRow(self.with_report, self._row(self.report, self._choose_report))
        form.addRow("", self.recursive)
        form.addRow("", self.earlier)

    def _row(self, field: QLineEdit, choose: Callable[[], None]) -> QWidget:
        """A field that can be typed into, and the button that asks."""
        made = QWidget()
        button = QPushButton(tr("Choose…"))
        button.clicked.connect(choose)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT * 2)
        row.addWidget(field, 1)
        row.addWidget(button)
        made.setFocusProxy(field)
        return made

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Classify a folder"), self.folder.text())
        if name:
            self.choose(Path(name))

    def _choose_output(self) -> None:
        options = QFileDialog.Option.DontConfirmOverwrite  # a table that is there is gone on with, or refused
        name, form = QFileDialog.getSaveFileName(self, tr("Table"), self.output.text(), FORMS, options=options)
        if name:
            self.output.setText(with_suffix(name, form))

    def _choose_maps(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Heat maps"), self.heat_maps.text() or self.folder.text())
        if name:
            self.heat_maps.setText(name)
            self.with_maps.setChecked(True)

    def _choose_report(self) -> None:
        options = QFileDialog.Option.DontConfirmOverwrite  # a report of another batch is refused or replaced
        name, form = QFileDialog.getSaveFileName(
            self, tr("Report"), self.report.text() or self.folder.text(), REPORT_FORMS, options=options
        )
        if name:
            self.report.setText(with_suffix(name, form))
            self.with_report.setChecked(True)


def with_suffix(name: str, form: str) -> str:
    """A name as it was chosen, ended as its form wants: "CSV (*.csv)"."""
    return name if Path(name).suffix else name + form.partition("*")[2].rstrip(")")
