"""Which keys which action has: the table's, or the person's own; no key means two things. Knows Qt's key names only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtGui import QKeySequence

from covidviewer.texts import N_
from covidviewer.ui.actions.table import ACTIONS
from covidviewer.ui.translation import tr

Keys = dict[str, tuple[str, ...]]
"""Key sequences in Qt's portable form by action id, the first one shown in the menu."""

RESERVED: Final = {
    "Space": N_("The image without heat map, lungs and box"),
    "Alt+Left": N_("Pan"),
    "Alt+Right": N_("Pan"),
    "Alt+Up": N_("Pan"),
    "Alt+Down": N_("Pan"),
    "Alt+Shift+Left": N_("Move the box"),
    "Alt+Shift+Right": N_("Move the box"),
    "Alt+Shift+Up": N_("Move the box"),
    "Alt+Shift+Down": N_("Move the box"),
    "Alt+PgUp": N_("Resize the box"),
    "Alt+PgDown": N_("Resize the box"),
    "Tab": N_("The next field"),
    "Shift+Tab": N_("The field before"),
}
"""Keys that are no action's, and what they do."""
BETWEEN: Final = "; "
"""Several key sequences of one action, as the settings hold them. No sequence holds it: the key ";" stands alone."""

PORTABLE: Final = QKeySequence.SequenceFormat.PortableText


def default_keys() -> Keys:
    """Those of the table."""
    return {row.id: row.keys for row in ACTIONS}


def keys_in_force(custom: Mapping[str, str]) -> Keys:
    """The table's with the person's own in their places.

    What the settings say of an action that there is none, a key that is none, or one that is taken already is left
    out: a settings file written by hand cannot leave a key with two meanings.
    """
    own = {name: parsed(text) for name, text in custom.items()}
    taken = set(RESERVED)
    found: Keys = {}
    for row in sorted(ACTIONS, key=lambda row: row.id not in own):
        wanted = own.get(row.id, row.keys)
        found[row.id] = tuple(key for key in dict.fromkeys(wanted) if key not in taken)
        taken.update(found[row.id])
    return {row.id: found[row.id] for row in ACTIONS}


def owner_of(key: str, keys: Keys, but: str) -> str | None:
    """The id of the action other than `but` that has a key, or the key itself when it is reserved; else None."""
    if key in RESERVED:
        return key
    return next((name for name, its in keys.items() if key in its and name != but), None)


def differences(keys: Keys) -> dict[str, str]:
    """What the settings keep: the actions whose keys are not the table's."""
    usual = default_keys()
    return {name: BETWEEN.join(its) for name, its in keys.items() if its != usual[name]}


def parsed(text: str) -> tuple[str, ...]:
    """The key sequences of a settings text that are some."""
    found = (QKeySequence(part, PORTABLE).toString(PORTABLE) for part in text.split(BETWEEN))
    return tuple(key for key in found if key)


def native(keys: tuple[str, ...]) -> str:
    """As this system writes them."""
    form = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(key, PORTABLE).toString(form) for key in keys)


def refusal(key: str, owner: str, wanted_for: str, names: Mapping[str, str]) -> str:
    """Why an action cannot have a key: both names."""
    whose = tr(RESERVED[owner]) if owner in RESERVED else names[owner]
    keys, action = native((key,)), names[wanted_for]
    return tr(
        "{key} is already used by “{owner}” and cannot be assigned to “{action}”.", key=keys, owner=whose, action=action
    )
