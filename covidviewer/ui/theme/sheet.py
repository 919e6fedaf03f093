"""The style sheet and the palette of a theme, made from its tokens: no colour or distance stands anywhere else."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import Final

from PySide6.QtGui import QColor, QPalette

from covidviewer.ui.theme.tokens import TYPE_SCALE, UNIT, Tokens

SHEET: Final = Template("""
QWidget { color: $text; font-size: ${body}pt; }
QMainWindow, QDialog, QMessageBox { background: $panel; }
QMainWindow::separator { background: $canvas; width: ${u1}px; height: ${u1}px; }
QMainWindow::separator:hover { background: $accent; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: ${u1}px; }

QMenuBar { background: $panel; padding: 0 ${u1}px; }
QMenuBar::item { background: transparent; padding: ${u1}px ${u2}px; border-radius: ${u1}px; }
QMenuBar::item:selected { background: $raised; }
QMenu { background: $raised; border: 1px solid $line; padding: ${u1}px; }
QMenu::item { padding: ${u1}px ${u8}px ${u1}px ${u6}px; border-radius: ${u1}px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: ${u1}px ${u2}px; }
QMenu::indicator { width: ${u3}px; height: ${u3}px; left: ${u1}px; }
QMenu::indicator:checked { background: $accent; border-radius: 2px; }
QMenu::indicator:checked:selected { background: $on_accent; }

QToolBar { background: $panel; border: 0; border-bottom: 1px solid $line; padding: ${u1}px ${u2}px; spacing: 2px; }
QToolBar::separator { background: $line; width: 1px; margin: ${u1}px ${u2}px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: ${u1}px; padding: ${u1}px; }
QToolButton:hover { background: $raised; }
QToolButton:pressed { background: $sunken; }
QToolButton:checked { background: $raised; border-color: $accent; }
QToolButton:focus { border-color: $focus; }
QToolButton:disabled { color: $muted; }
#qt_toolbar_ext_button { qproperty-icon: url("$controls/more.svg"); background: $raised; border: 0; padding: 0; }

QDockWidget { titlebar-close-icon: none; titlebar-normal-icon: none; }
QDockWidget::title { background: $panel; padding: ${u2}px ${u3}px; }
#panel, QScrollArea, #panel QScrollArea > QWidget > QWidget { background: $panel; border: 0; }

QPushButton { background: $raised; border: 1px solid $line; border-radius: ${u1}px; padding: ${u1}px ${u3}px; }
QPushButton:hover { border-color: $accent; }
QPushButton:pressed { background: $sunken; }
QPushButton:checked { border-color: $accent; background: $sunken; }
QPushButton:focus { border-color: $focus; }
QPushButton:disabled { color: $muted; border-color: $line; background: transparent; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:focus { border-color: $text; }
QPushButton[role="primary"]:disabled { background: transparent; color: $muted; border-color: $line; }
QPushButton[role="link"] { background: transparent; border-color: transparent; color: $accent; padding: 0;
    text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border-bottom-color: $focus; }

QTextBrowser, QTableView, QTreeView, QListView {
    background: $field; border: 1px solid $line; border-radius: ${u1}px; padding: ${u1}px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QAbstractSpinBox, QComboBox { background: $field; border: 1px solid $edge; border-radius: ${u1}px;
    padding: ${u1}px ${u2}px; selection-background-color: $accent; selection-color: $on_accent; }
QComboBox { background: $raised; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QTextBrowser:focus, QTableView:focus, QTreeView:focus,
QListView:focus { border-color: $focus; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: $muted; border-color: $line;
    background: transparent; }
QComboBox::drop-down { border: 0; width: ${u6}px; }
QComboBox::down-arrow, QAbstractSpinBox::down-arrow { image: url("$controls/down.svg"); width: ${u3}px;
    height: ${u3}px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line; border-radius: 0; }
QAbstractSpinBox { padding: ${u1}px ${u6}px ${u1}px ${u2}px; }
QAbstractSpinBox QLineEdit { border: 0; padding: 0 0 0 6px; background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: ${u5}px; background: transparent; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 1px 1px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 1px 1px 0; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $raised; }
QAbstractSpinBox::up-arrow { image: url("$controls/up.svg"); width: ${u3}px; height: ${u3}px; }
QKeySequenceEdit QLineEdit { padding: ${u1}px ${u2}px; }
QHeaderView::section { background: $panel; color: $muted; border: 0; border-bottom: 1px solid $line;
    padding: ${u1}px ${u2}px; }
QTableView, QTreeView { gridline-color: transparent; alternate-background-color: $panel; }
QTreeView::item, QListWidget::item { padding: ${u1}px 0; }
#seriesList { background: $panel; border: 0; border-radius: 0; padding: 0; }

QScrollBar:vertical { background: transparent; width: ${u3}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${u3}px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 3px; min-height: ${u6}px; min-width: ${u6}px; margin: 3px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: transparent;
    width: 0; height: 0; }

QSlider { min-height: ${u5}px; }
QSlider::groove:horizontal { height: ${u1}px; background: $edge; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: ${u3}px; height: ${u3}px; margin: -${u1}px 0; border-radius: 6px;
    background: $text; }
QSlider::handle:horizontal:focus { background: $focus; }

QProgressBar { background: $sunken; border: 0; border-radius: 2px; max-height: ${u1}px; min-height: ${u1}px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QTabBar::tab { padding: ${u2}px ${u3}px; color: $muted; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }

QCheckBox { spacing: ${u2}px; }
QCheckBox:disabled { color: $muted; }
QCheckBox::indicator, QListView::indicator { width: ${u4}px; height: ${u4}px; background: $field;
    border: 1px solid $edge; border-radius: 3px; }
QCheckBox::indicator:checked, QListView::indicator:checked { image: url("$controls/tick.svg"); }
QCheckBox::indicator:hover, QListView::indicator:hover, QCheckBox::indicator:focus { border-color: $focus; }
QCheckBox::indicator:disabled { border-color: $line; }

QStatusBar { background: $panel; border-top: 1px solid $line; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: $muted; padding: 0 ${u2}px; }
#strip { background: $sunken; color: $muted; font-size: ${caption}pt; padding: ${u1}px ${u3}px;
    border-top: 1px solid $line; }
#banner { background: $model_soft; color: $text; border-bottom: 1px solid $line; }
#banner[good="true"] { background: $raised; }
#banner QLabel { color: $text; }

QLabel[role="caption"] { color: $muted; font-size: ${caption}pt; }
QLabel[role="section"] { color: $muted; font-size: ${caption}pt; font-weight: 600; }
QLabel[role="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 600; }
QLabel[role="score"] { font-size: ${score}pt; font-weight: 300; color: $model; }
QLabel[role="score-below"] { font-size: ${score}pt; font-weight: 300; color: $text; }
QLabel[role="warning"] { color: $warning; }
QFrame[role="rule"] { background: $line; max-height: 1px; min-height: 1px; border: 0; }
""")


def style_sheet(tokens: Tokens, point_size: float, icon_folder: Path) -> str:
    """The Qt style sheet of a theme, for a desktop whose own font has `point_size` points.

    Ticks and arrows are files in `icon_folder`, in colours that are right in both themes.
    """
    spacing = {f"u{n}": n * UNIT for n in range(1, 9)}
    sizes = {name: round(point_size * factor, 1) for name, factor in TYPE_SCALE.items()}
    controls = (icon_folder / "controls").as_posix()
    return SHEET.substitute(vars(tokens), controls=controls, **spacing, **sizes)


def palette(tokens: Tokens) -> QPalette:
    """The palette for what style sheets do not reach: placeholder text, links, disabled words."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, colour in (
        (roles.Window, tokens.panel),
        (roles.WindowText, tokens.text),
        (roles.Base, tokens.field),
        (roles.AlternateBase, tokens.panel),
        (roles.Text, tokens.text),
        (roles.Button, tokens.raised),
        (roles.ButtonText, tokens.text),
        (roles.PlaceholderText, tokens.muted),
        (roles.Highlight, tokens.accent),
        (roles.HighlightedText, tokens.on_accent),
        (roles.Link, tokens.accent),
        (roles.ToolTipBase, tokens.raised),
        (roles.ToolTipText, tokens.text),
    ):
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return made
