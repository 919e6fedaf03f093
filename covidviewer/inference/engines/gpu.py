"""Which graphics processor is here, and with which driver: asked of the Vulkan loader directly.

Standard library only; never raises.
"""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from functools import cache

PROPERTIES_BYTES = 1024
"""VkPhysicalDeviceProperties has 824."""
INSTANCE_CREATE_INFO = 1
PROCESSOR_TYPE = 4
"""VK_PHYSICAL_DEVICE_TYPE_CPU: Vulkan computed by the processor (llvmpipe, SwiftShader)."""


@dataclass(frozen=True)
class Graphics:
    """A graphics processor as its driver names it; `driver` is the version number in hexadecimal."""

    name: str
    driver: str
    in_software: bool


@cache
def graphics_processors() -> tuple[Graphics, ...]:
    """What Vulkan lists, in its order; on macOS one entry for Metal. Empty when there is none."""
    if sys.platform == "darwin":
        return (Graphics("Metal", "", False),)
    try:
        vulkan = ctypes.CDLL("vulkan-1.dll" if sys.platform == "win32" else "libvulkan.so.1")
        return _listed(vulkan)
    except (OSError, AttributeError):
        return ()


class _InstanceInfo(ctypes.Structure):
    """VkInstanceCreateInfo without layers and extensions."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("flags", ctypes.c_uint32),
        ("application", ctypes.c_void_p),
        ("layer_count", ctypes.c_uint32),
        ("layers", ctypes.c_void_p),
        ("extension_count", ctypes.c_uint32),
        ("extensions", ctypes.c_void_p),
    )


class _Properties(ctypes.Structure):
    """The first fields of VkPhysicalDeviceProperties."""

    _fields_ = (
        ("api_version", ctypes.c_uint32),
        ("driver_version", ctypes.c_uint32),
        ("vendor", ctypes.c_uint32),
        ("device", ctypes.c_uint32),
        ("type", ctypes.c_int),
        ("name", ctypes.c_char * 256),
    )


def _listed(vulkan: ctypes.CDLL) -> tuple[Graphics, ...]:
    instance = ctypes.c_void_p()
    info = _InstanceInfo(type=INSTANCE_CREATE_INFO)
    if vulkan.vkCreateInstance(ctypes.byref(info), None, ctypes.byref(instance)) != 0:
        return ()
    try:
        count = ctypes.c_uint32(0)
        vulkan.vkEnumeratePhysicalDevices(instance, ctypes.byref(count), None)
        devices = (ctypes.c_void_p * count.value)()
        vulkan.vkEnumeratePhysicalDevices(instance, ctypes.byref(count), devices)
        return tuple(_described(vulkan, device) for device in devices[: count.value])
    finally:
        vulkan.vkDestroyInstance(instance, None)


def _described(vulkan: ctypes.CDLL, device: int | None) -> Graphics:
    room = ctypes.create_string_buffer(PROPERTIES_BYTES)
    vulkan.vkGetPhysicalDeviceProperties(ctypes.c_void_p(device), room)
    found = _Properties.from_buffer(room)
    name = found.name.decode("utf-8", "replace")
    return Graphics(name, f"{found.driver_version:x}", found.type == PROCESSOR_TYPE)
