"""The application and the disk image for macOS: documents, entitlements of the hardened runtime, dmgbuild."""

from __future__ import annotations

import os
import platform
import plistlib
import sys
from pathlib import Path

from installer.failure import Failure
from installer.icons import write_icns
from installer.metadata import metadata
from installer.tools import run

OLDEST = "14.0"
"""macOS that the wheels of Qt ask for."""
ENTITLEMENTS = {
    "com.apple.security.cs.allow-unsigned-executable-memory": True,
    "com.apple.security.cs.disable-library-validation": True,
}
"""Engines write code for the processor at run time, and libraries of many makers are loaded."""


def build_dmg(frozen: Path, work: Path, out: Path) -> Path:
    """The disk image with the application beside it. Raises `Failure` elsewhere than on macOS.

    Signs with the identity in APPLE_IDENTITY, or ad hoc, which lets it run on the computer that it was made on; others
    then ask their owner once.
    """
    if platform.system() != "Darwin":
        raise Failure("A disk image for macOS is made on macOS.")
    meta = metadata()
    application = frozen.parent / f"{meta.name}.app"
    entitlements = work / "entitlements.plist"
    entitlements.write_bytes(plistlib.dumps(ENTITLEMENTS))
    sign = ["codesign", "--force", "--deep", "--options", "runtime", "--entitlements", str(entitlements)]
    run(*sign, "--sign", os.environ.get("APPLE_IDENTITY", "-"), application)
    settings = work / "dmgbuild.json"
    settings.write_text(image_settings(application, write_icon(work)), encoding="utf-8")
    image = out / f"{meta.name}-{meta.version}-macos-{platform.machine()}.dmg"
    out.mkdir(parents=True, exist_ok=True)
    run(sys.executable, "-m", "dmgbuild", "-s", settings, meta.name, image)
    return image


def image_settings(application: Path, icon: Path) -> str:
    """dmgbuild's settings as JSON: the application at the left, the folder of applications at the right."""
    import json

    contents = [
        {"x": 140, "y": 160, "type": "file", "path": str(application)},
        {"x": 380, "y": 160, "type": "link", "path": "/Applications"},
    ]
    window = {"position": {"x": 200, "y": 200}, "size": {"width": 520, "height": 340}}
    return json.dumps(
        {"title": metadata().name, "icon": str(icon), "format": "ULMO", "window": window, "contents": contents},
        indent=1,
    )


def info() -> dict[str, object]:
    """What Info.plist says beside PyInstaller's own."""
    meta = metadata()
    documents = [
        {
            "CFBundleTypeName": kind.name,
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Alternate",
            "LSItemContentTypes": [kind.uti],
        }
        for kind in meta.file_types
    ]
    imported = [
        {
            "UTTypeIdentifier": kind.uti,
            "UTTypeDescription": kind.name,
            "UTTypeConformsTo": ["public.data", "public.image"],
            "UTTypeTagSpecification": {
                "public.filename-extension": list(kind.extensions),
                "public.mime-type": [kind.mime],
            },
        }
        for kind in meta.file_types
    ]
    return {
        "CFBundleDisplayName": meta.name,
        "CFBundleShortVersionString": meta.version,
        "CFBundleVersion": meta.version,
        "CFBundleDocumentTypes": documents,
        "UTImportedTypeDeclarations": imported,
        "LSApplicationCategoryType": "public.app-category.medical",
        "LSMinimumSystemVersion": OLDEST,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": f"{meta.copyright}. {meta.licence}",
    }


def write_icon(work: Path) -> Path:
    """The application's icon."""
    return write_icns(work / "covidviewer.icns")
