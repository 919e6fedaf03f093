"""Every action of the window in ONE table: menus, tool bar, keys, the keys page and the tests are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from covidviewer.texts import N_


class Context(StrEnum):
    """Where an action's keys act, and what it needs to make sense."""

    ALWAYS = "always"
    PICTURE = "picture"
    """A slice is shown."""
    SINGLE = "single"
    """A slice is shown, and not the planes through its series."""
    BESIDE = "beside"
    """A second view is shown."""
    HOUNSFIELD = "hounsfield"
    """A slice in Hounsfield units is shown."""
    DICOM = "dicom"
    """A slice of a DICOM file is shown."""
    SERIES = "series"
    """A series of more than one slice is shown."""
    RESULT = "result"
    """The shown slice has a result with a framing."""
    SCORABLE = "scorable"
    """A slice is shown and the model works."""
    SCORABLE_SERIES = "scorable-series"
    """A series of more than one slice is shown, the model works, and no series is being analysed."""
    RUNNING = "running"
    """A long job runs, or something is half drawn."""
    MEASURED = "measured"
    """The shown slice has a measurement."""
    KEY_IMAGES = "key-images"
    """The shown series has key images."""
    UNDOABLE = "undoable"
    REDOABLE = "redoable"
    LAST_SESSION = "last-session"
    """There is something to open again."""
    UNREAD = "unread"
    """Files were offered that could not be read."""


@dataclass(frozen=True)
class Action:
    """One row of the table.

    Attributes
    ----------
    id
        Unique, stable: what settings and tests name it by.
    text
        English menu text with its mnemonic.
    slot
        "receiver.method": receivers are the command groups of the main window.
    keys
        Key sequences in Qt's portable form; the first is shown in the menu.
    icon
        File name in resources/icons without ".svg", or ''.
    checkable
        Shows a state; its group, if any, is exclusive.
    group
        Exclusive group, or ''.
    argument
        What the slot is called with; None where it takes nothing, or the state of a checkable action.
    """

    id: str
    text: str
    slot: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    context: Context = Context.ALWAYS
    checkable: bool = False
    group: str = ""
    argument: str | int | float | None = None


C = Context
ACTIONS: Final[tuple[Action, ...]] = (
    Action("open-files", "&Open files…", "files.open_files", ("Ctrl+O",), "open"),
    Action("open-folder", "Open &folder…", "files.open_folder", ("Ctrl+Shift+O",), "folder"),
    Action("open-sample", "Open the &sample scan", "files.open_sample", (), "sample"),
    Action("batch", "C&lassify a folder…", "batch.open", ("Ctrl+B",), "analyse-series"),
    Action("open-last", "Reopen &last session", "files.open_last", ("Ctrl+Shift+L",), "", C.LAST_SESSION),
    Action("export-picture", "&Export image…", "export.picture", ("Ctrl+E",), "", C.PICTURE),
    Action("report-slice", "Save &report of the slice…", "reports.slice", ("Ctrl+P",), "card", C.PICTURE),
    Action("report-series", "Save repor&t of the series…", "reports.series", ("Ctrl+Shift+P",), "", C.SERIES),
    Action("dicom-out", "Save scores as &DICOM…", "reports.dicom", (), "", C.DICOM),
    Action("show-unread", "U&nreadable files…", "files.show_unread", (), "warning", C.UNREAD),
    Action("close-series", "&Close series", "files.close_series", ("Ctrl+W",), "close", C.PICTURE),
    Action("close-all", "Close &all", "files.close_all", ("Ctrl+Shift+W",), "", C.PICTURE),
    Action("quit", "&Quit", "files.quit", ("Ctrl+Q",)),
    Action("undo", "&Undo", "measure.undo", ("Ctrl+Z",), "undo", C.UNDOABLE),
    Action("redo", "&Redo", "measure.redo", ("Ctrl+Shift+Z",), "redo", C.REDOABLE),
    Action("remove", "Remove &last measurement", "measure.remove_last", ("Del",), "remove", C.MEASURED),
    Action("remove-all", "Remove &all on this slice", "measure.remove_all", (), "", C.MEASURED),
    Action("key-image", "&Key image", "measure.key_image", ("K",), "", C.PICTURE, True),
    Action("next-key-image", "&Next key image", "measure.next_key_image", ("Shift+K",), "", C.KEY_IMAGES),
    Action("copy-picture", "&Copy image", "look.copy_picture", ("Ctrl+C",), "copy", C.PICTURE),
    Action("cancel", "&Cancel", "analyse.cancel", ("Esc",), "cancel", C.RUNNING),
    Action("settings", "&Settings…", "about.settings", ("Ctrl+,",), "settings"),
    Action(
        "tool-window",
        "&Window / level",
        "measure.take_tool",
        ("W",),
        "window",
        C.SINGLE,
        True,
        "tool",
        argument="window",
    ),
    Action("tool-pan", "&Pan", "measure.take_tool", ("P",), "pan", C.SINGLE, True, "tool", argument="pan"),
    Action("tool-zoom", "&Zoom", "measure.take_tool", ("Z",), "zoom", C.SINGLE, True, "tool", argument="zoom"),
    Action("tool-scroll", "&Scroll", "measure.take_tool", ("S",), "scroll", C.SINGLE, True, "tool", argument="scroll"),
    Action(
        "tool-distance",
        "&Distance",
        "measure.take_tool",
        ("D",),
        "distance",
        C.SINGLE,
        True,
        "tool",
        argument="distance",
    ),
    Action("tool-angle", "&Angle", "measure.take_tool", ("A",), "angle", C.SINGLE, True, "tool", argument="angle"),
    Action("tool-cobb", "Co&bb angle", "measure.take_tool", ("B",), "cobb", C.SINGLE, True, "tool", argument="cobb"),
    Action(
        "tool-ellipse", "&Ellipse", "measure.take_tool", ("E",), "ellipse", C.SINGLE, True, "tool", argument="ellipse"
    ),
    Action(
        "tool-rectangle",
        "Rec&tangle",
        "measure.take_tool",
        ("T",),
        "rectangle",
        C.SINGLE,
        True,
        "tool",
        argument="rectangle",
    ),
    Action(
        "tool-freehand",
        "F&reehand",
        "measure.take_tool",
        ("F",),
        "freehand",
        C.SINGLE,
        True,
        "tool",
        argument="freehand",
    ),
    Action("histogram", "&Histogram of the region…", "measure.histogram", ("Ctrl+H",), "", C.MEASURED),
    Action("fit", "&Fit to window", "look.fit", ("Ctrl+9",), "fit", C.SINGLE),
    Action("actual-size", "Actual &pixels", "look.actual_size", ("Ctrl+1",), "", C.SINGLE),
    Action("zoom-in", "Zoom &in", "look.zoom", ("+", "="), "", C.SINGLE, argument=1.25),
    Action("zoom-out", "Zoom &out", "look.zoom", ("-",), "", C.SINGLE, argument=0.8),
    Action("reset", "&Reset view", "look.reset", ("Ctrl+0",), "reset", C.PICTURE),
    Action("overlay", "Overlay &text: all, minimal, none", "look.cycle_texts", ("O",), "info", C.PICTURE),
    Action("magnifier", "Ma&gnifier", "look.magnifier", ("M",), "magnifier", C.SINGLE, True),
    Action("patient-text", "Show patient &name", "look.patient_text", (), "", C.ALWAYS, True),
    Action("alone", "Hide p&anels", "hidden_panels.set_hidden", ("Shift+F11",), "", C.ALWAYS, True),
    Action("full-screen", "F&ull screen", "look.full_screen", ("F11",), "", C.ALWAYS, True),
    Action("next-slice", "Next slice", "mpr.step", ("Down",), "", C.SERIES, argument=1),
    Action("previous-slice", "Previous slice", "mpr.step", ("Up",), "", C.SERIES, argument=-1),
    Action("ten-forward", "Forward 10 slices", "mpr.step", ("PgDown", "Shift+Down"), "", C.SERIES, argument=10),
    Action("ten-back", "Back 10 slices", "mpr.step", ("PgUp", "Shift+Up"), "", C.SERIES, argument=-10),
    Action("first-slice", "First slice", "look.first_slice", ("Home",), "", C.SERIES),
    Action("last-slice", "Last slice", "look.last_slice", ("End",), "", C.SERIES),
    Action("next-series", "Next series", "look.step_series", ("Right",), "", C.PICTURE, argument=1),
    Action("previous-series", "Previous series", "look.step_series", ("Left",), "", C.PICTURE, argument=-1),
    Action("cine", "Play &cine", "play.play", ("C",), "play", C.SERIES, True),
    Action("cine-faster", "Cine faster", "play.change_rate", ("Ctrl+Up",), "", C.SERIES, argument=1.25),
    Action("cine-slower", "Cine slower", "play.change_rate", ("Ctrl+Down",), "", C.SERIES, argument=0.8),
    Action("planes", "Planes: a&xial, coronal, sagittal", "mpr.set_shown", ("Ctrl+M",), "planes", C.SERIES, True),
    Action("beside", "&Two series side by side", "compare_view.set_shown", ("Ctrl+2",), "beside", C.SINGLE, True),
    Action("beside-next", "Ne&xt series in second view", "compare_view.next_series", ("Ctrl+Right",), "", C.BESIDE),
    Action("beside-exchange", "&Swap views", "compare_view.swap", ("Ctrl+Left",), "", C.BESIDE),
    Action("beside-link", "Scroll both &together", "compare_view.set_linked", ("Y",), "", C.BESIDE, True),
    Action("window-auto", "&Automatic", "look.window_auto", ("0",), "", C.PICTURE),
    Action("window-file", "Fr&om the file", "look.window_file", ("1",), "", C.PICTURE),
    Action("window-lung", "&Lung 1500 / -600", "look.show_preset", ("2",), "", C.HOUNSFIELD, argument="lung"),
    Action(
        "window-mediastinum",
        "&Mediastinum 400 / 40",
        "look.show_preset",
        ("3",),
        "",
        C.HOUNSFIELD,
        argument="mediastinum",
    ),
    Action("window-bone", "&Bone 2000 / 350", "look.show_preset", ("4",), "", C.HOUNSFIELD, argument="bone"),
    Action("window-abdomen", "Ab&domen 400 / 50", "look.show_preset", ("5",), "", C.HOUNSFIELD, argument="abdomen"),
    Action(
        "window-emphysema", "&Emphysema 500 / -850", "look.show_preset", ("6",), "", C.HOUNSFIELD, argument="emphysema"
    ),
    Action("own-1", "Custom preset 1", "custom_presets.use_at", ("7",), "", C.HOUNSFIELD, argument=0),
    Action("own-2", "Custom preset 2", "custom_presets.use_at", ("8",), "", C.HOUNSFIELD, argument=1),
    Action("own-3", "Custom preset 3", "custom_presets.use_at", ("9",), "", C.HOUNSFIELD, argument=2),
    Action("window-typed", "&Window width and level…", "look.type_window", ("Shift+W",), "", C.PICTURE),
    Action("invert", "&Invert", "look.invert", ("I",), "invert", C.PICTURE, True),
    Action("rotate-right", "Rotate &right", "look.turn", ("R",), "rotate-right", C.SINGLE, argument=1),
    Action("rotate-left", "Rotate &left", "look.turn", ("L",), "rotate-left", C.SINGLE, argument=-1),
    Action("flip-horizontal", "Flip &horizontally", "look.flip_horizontal", ("H",), "flip-horizontal", C.SINGLE),
    Action("flip-vertical", "Flip &vertically", "look.flip_vertical", ("V",), "flip-vertical", C.SINGLE),
    Action("analyse-slice", "Analyse &slice", "analyse.slice", ("Ctrl+Return",), "analyse", C.SCORABLE),
    Action(
        "analyse-series",
        "Analyse s&eries",
        "analyse.series",
        ("Ctrl+Shift+Return",),
        "analyse-series",
        C.SCORABLE_SERIES,
    ),
    Action("heat-map", "&Heat map", "analyse.heat_map", ("X",), "heat-map", C.RESULT, True),
    Action("hull", "&Lungs and density ranges", "analyse.hull", ("U",), "hull", C.RESULT, True),
    Action("box", "Show model input &box", "analyse.box", ("Shift+B",), "box", C.RESULT, True),
    Action("box-reset", "Reset bo&x", "analyse.box_reset", (), "", C.RESULT),
    Action("model-card", "&Model card…", "about.model_card", (), "card"),
    Action("meaning", "&What the score means…", "about.meaning", (), "info"),
    Action("tags", "DICOM &tags…", "about.tags", ("Ctrl+T",), "info", C.DICOM),
    Action("receive", "&Receive…", "receive.open"),
    Action("computer", "About this &computer…", "about.computer", (), "computer"),
    Action("keys", "&Keyboard shortcuts…", "about.keys", ("F1",), "keys"),
    Action("about", "&About CovidViewer…", "about.about", (), "info"),
)

SEPARATOR: Final = "-"
RECENT: Final = "recent"
"""A place in a menu that is filled with the recent files."""
CUSTOM_PRESETS: Final = "own-windows"
"""A place in a menu that is filled with the custom presets."""
CUSTOM_PRESET_IDS: Final = ("own-1", "own-2", "own-3")
"""The actions of the first custom presets; they stand in that place, under the presets' names."""
FILE_PRESETS: Final = "file-windows"
"""A place in a menu that is filled with the windows and tables of the shown slice's file."""
NO_ACTIONS: Final = frozenset({SEPARATOR, RECENT, CUSTOM_PRESETS, FILE_PRESETS})
"""Entries of menus that are none of the table's actions."""

MENUS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (N_("&File"), ("open-files", "open-folder", RECENT, "open-last", "open-sample", "-", "batch", "-", "export-picture",
               "report-slice", "report-series", "dicom-out", "-", "show-unread", "-", "close-series", "close-all", "-",
               "quit")),
    (N_("&Edit"), ("undo", "redo", "-", "remove", "remove-all", "-", "key-image", "next-key-image", "-", "copy-picture",
               "-", "cancel")),
    (N_("&View"), ("fit", "actual-size", "zoom-in", "zoom-out", "reset", "magnifier", "-", "overlay", "patient-text",
               "-", "next-slice", "previous-slice", "ten-forward", "ten-back", "first-slice", "last-slice", "-", "cine",
               "cine-faster", "cine-slower", "-", "next-series", "previous-series", "-", "planes", "beside",
                "beside-next", "beside-exchange", "beside-link", "-", "alone", "full-screen")),
    (N_("&Image"), ("window-auto", "window-file", FILE_PRESETS, "window-lung", "window-mediastinum", "window-bone",
                "window-abdomen", "window-emphysema", CUSTOM_PRESETS, "window-typed", "-", "invert", "rotate-right",
                "rotate-left", "flip-horizontal", "flip-vertical")),
    (N_("&Measure"), ("tool-window", "tool-pan", "tool-zoom", "tool-scroll", "-", "tool-distance", "tool-angle",
                  "tool-cobb", "tool-ellipse", "tool-rectangle", "tool-freehand", "-", "histogram")),
    (N_("&Analyse"), ("analyse-slice", "analyse-series", "-", "heat-map", "hull", "box", "box-reset", "-", "meaning",
                  "model-card")),
    (N_("&Tools"), ("tags", "-", "receive", "-", "computer", "settings")),
    (N_("&Help"), ("keys", "meaning", "model-card", "-", "about")),
)  # fmt: skip

TOOL_BAR: Final = (
    "open-files", "open-folder", "-", "tool-window", "tool-pan", "tool-zoom", "tool-scroll", "-", "tool-distance",
    "tool-angle", "tool-cobb", "tool-ellipse", "tool-rectangle", "tool-freehand", "-", "fit", "reset", "invert",
    "magnifier", "cine", "planes", "beside", "-", "heat-map", "hull", "box", "-", "analyse-slice", "analyse-series",
)  # fmt: skip

WORDED: Final = frozenset({"open-files", "analyse-slice", "analyse-series"})
"""Tool buttons that carry their words too."""

GESTURES: Final[tuple[tuple[str, str], ...]] = (
    (N_("Left drag"), N_("active tool; initially window and level: right is wider, up is brighter")),
    (N_("Middle drag, Shift + left drag"), N_("pan")),
    (N_("Ctrl + left drag"), N_("window and level with any tool")),
    (N_("Left drag in the planes"), N_("move the linked cross-hairs")),
    (N_("Right drag"), N_("zoom")),
    (N_("Right click"), N_("menu")),
    (N_("Wheel"), N_("slice")),
    (N_("Ctrl + wheel"), N_("zoom at the pointer")),
    (N_("Double click"), N_("hide the panels, or enlarge one plane; repeat to undo")),
    (N_("Alt + arrow keys"), N_("pan")),
    (N_("Alt + Shift + arrow keys, Alt + Page Up, Page Down"), N_("move the model input box; resize it")),
    (N_("Hold Space"), N_("the image without heat map, lungs and box")),
    (N_("Drag the box"), N_("score its contents")),
)
"""What the mouse does, for the keys page: (gesture, effect)."""


def by_id(name: str) -> Action:
    """The row with this id; `KeyError` when there is none."""
    return _BY_ID[name]


TOOLS: Final = tuple(action.id for action in ACTIONS if action.group == "tool")
"""What the left button may hold, in the order of the menu."""
_BY_ID: Final = {action.id: action for action in ACTIONS}
