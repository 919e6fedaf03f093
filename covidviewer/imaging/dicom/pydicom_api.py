"""What the program uses of pydicom, imported in one go, so that two threads never meet inside it.

Importing `package.part` does not wait for another thread that is still importing `package`, and pydicom's parts import
one another: two threads that begin with different parts fail, both. The import of one module does wait for the thread
that came first. So every module of the program takes pydicom's names from here, or, where another library imports
pydicom, imports this module first. NumPy has the same trouble and a simpler way out: `import numpy as np` waits, and
comes before `from numpy.typing import ...` in every module.
"""

import numpy as np  # noqa: F401
from pydicom import config, dcmread, uid
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.errors import BytesLengthException, InvalidDicomError
from pydicom.filereader import read_dataset
from pydicom.multival import MultiValue
from pydicom.pixels.decoders.base import Decoder, DecodeRunner
from pydicom.pixels.processing import apply_color_lut
from pydicom.tag import BaseTag, Tag

__all__ = [
    "BaseTag",
    "BytesLengthException",
    "DataElement",
    "Dataset",
    "DecodeRunner",
    "Decoder",
    "FileDataset",
    "FileMetaDataset",
    "InvalidDicomError",
    "MultiValue",
    "RawDataElement",
    "Tag",
    "apply_color_lut",
    "config",
    "dcmread",
    "dictionary_VR",
    "encapsulate",
    "read_dataset",
    "tag_for_keyword",
    "uid",
]
