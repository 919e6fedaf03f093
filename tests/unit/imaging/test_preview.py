"""A picture before the headers of a folder are read: of the middle file, or none."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from covidviewer.imaging.opening import open_paths
from covidviewer.imaging.preview import read_preview
from tests.unit.imaging.dicom.made_dicom import ct, enhanced, ramp, save


def test_the_glimpse_is_the_middle_slice_of_a_series_in_the_order_of_its_names(tmp_path: Path) -> None:
    for number in range(7):
        values = ramp() + np.int16(number)
        save(ct(values, InstanceNumber=number, ImagePositionPatient=[0, 0, number]), tmp_path / f"{number}.dcm")
    listed: list[Path] = []
    (series,) = open_paths([tmp_path], listed=listed.extend).series
    found = read_preview(listed)
    assert found is not None
    assert found.source == series.headers[3].source
    np.testing.assert_array_equal(found.values, ramp() + 3)


def test_what_is_no_single_picture_gives_no_glimpse(tmp_path: Path) -> None:
    single = save(ct(), tmp_path / "a.dcm")
    several = save(enhanced(), tmp_path / "b.dcm")
    (tmp_path / "c.txt").write_text("not an image")
    assert read_preview([]) is None
    assert read_preview([single]) is None
    assert read_preview([single, several]) is None
    assert read_preview([single, tmp_path / "c.txt"]) is None
    assert read_preview([single, tmp_path / "gone.dcm"]) is None
