"""What Windows takes from the token of this process: privileges, and writing to a person's files.

At low integrity a process can change nothing that programs of the person made, whatever its code
does; it can still read. Written by Microsoft's documentation, and not run on Windows.

Sources: https://learn.microsoft.com/windows/win32/secauthz/mandatory-integrity-control,
https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-setprocessmitigationpolicy
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

_QUERY, _DUPLICATE, _IMPERSONATE = 0x8, 0x2, 0x4
_ADJUST_PRIVILEGES, _ADJUST_DEFAULT = 0x20, 0x80
_TOKEN_RIGHTS = _QUERY | _DUPLICATE | _IMPERSONATE | _ADJUST_PRIVILEGES | _ADJUST_DEFAULT
_PRIVILEGES, _INTEGRITY_LEVEL = 3, 25
_REMOVED = 0x4
# Without it, the rights to each folder on the way to a file would be asked for.
_CHANGE_NOTIFY = 23
_INTEGRITY = 0x20
_LOW = "S-1-16-4096"
_LOW_AUTHORITY = 0x1000
# A folder, and what will be in it, that may be written at low integrity.
_LOW_FOLDER = "S:(ML;OICI;NW;;;LW)"
_FILE, _LABEL = 1, 0x10
_IMPERSONATION = 2
# Each policy by its number, and what of it is turned on: no programs of one's own; no libraries
# from the network, nor such as were written at low integrity; no hooks of other programs.
_POLICIES = ((13, 0x1), (10, 0x3), (6, 0x1))


class _Privilege(ctypes.Structure):
    _pack_ = 4
    _fields_ = (("luid", ctypes.c_uint64), ("attributes", ctypes.c_uint32))


class _Label(ctypes.Structure):
    _fields_ = (("sid", ctypes.c_void_p), ("attributes", ctypes.c_uint32))


def restrict(writable: str) -> bool:
    """Hold this process to low integrity from now on; False where that cannot be.

    It may write what is in the `writable` folder, if there is one. Where that does not work,
    nothing is lowered: files are to be read all the same.
    """
    if sys.platform != "win32":
        return False
    return lower(*_libraries(), writable)


def is_low() -> bool:
    """Whether this process is at low integrity."""
    if sys.platform != "win32":
        return False
    return is_low_by(*_libraries())


def _libraries() -> tuple[Any, Any]:
    if sys.platform != "win32":
        raise NotImplementedError
    kernel, security = ctypes.WinDLL("kernel32"), ctypes.WinDLL("advapi32")
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    security.GetSidSubAuthority.restype = ctypes.POINTER(ctypes.c_uint32)
    return kernel, security


def lower(kernel: Any, security: Any, writable: str) -> bool:
    """What `restrict` does, with these two libraries of Windows."""
    for policy, flags in _POLICIES:
        told = ctypes.c_uint32(flags)
        kernel.SetProcessMitigationPolicy(policy, ctypes.byref(told), ctypes.sizeof(told))
    token = _token(kernel, security)
    if token is None:
        return False
    try:
        _drop_privileges(security, token)
        if writable and not (
            _let_be_written(kernel, security, writable)
            and _is_written_when_low(kernel, security, token, writable)
        ):
            return False
        return _set_low(kernel, security, token)
    finally:
        kernel.CloseHandle(token)


def is_low_by(kernel: Any, security: Any) -> bool:
    """What `is_low` says, with these two libraries of Windows."""
    token = _token(kernel, security)
    if token is None:
        return False
    try:
        told = _told(security, token, _INTEGRITY_LEVEL)
        if told is None:
            return False
        sid = ctypes.c_void_p(_Label.from_buffer(told).sid)
        return int(security.GetSidSubAuthority(sid, 0)[0]) <= _LOW_AUTHORITY
    finally:
        kernel.CloseHandle(token)


def _token(kernel: Any, security: Any) -> ctypes.c_void_p | None:
    token = ctypes.c_void_p()
    process = ctypes.c_void_p(kernel.GetCurrentProcess())
    is_open = security.OpenProcessToken(process, _TOKEN_RIGHTS, ctypes.byref(token))
    return token if is_open else None


def _told(security: Any, token: ctypes.c_void_p, what: int) -> Any:
    """What a token says of itself; None when it does not."""
    size = ctypes.c_uint32()
    security.GetTokenInformation(token, what, None, 0, ctypes.byref(size))
    told = ctypes.create_string_buffer(max(size.value, ctypes.sizeof(_Label)))
    size = ctypes.c_uint32(len(told))
    is_told = security.GetTokenInformation(token, what, told, size, ctypes.byref(size))
    return told if is_told else None


def _drop_privileges(security: Any, token: ctypes.c_void_p) -> None:
    """Take away, for good, every privilege but the way through folders."""
    told = _told(security, token, _PRIVILEGES)
    if told is None:
        return
    count = ctypes.c_uint32.from_buffer(told).value
    for privilege in (_Privilege * count).from_buffer(told, ctypes.sizeof(ctypes.c_uint32)):
        if privilege.luid != _CHANGE_NOTIFY:
            privilege.attributes = _REMOVED
    security.AdjustTokenPrivileges(token, False, told, 0, None, None)


def _let_be_written(kernel: Any, security: Any, folder: str) -> bool:
    """Let processes at low integrity write in a folder."""
    descriptor, sacl = ctypes.c_void_p(), ctypes.c_void_p()
    present, defaulted = ctypes.c_int(), ctypes.c_int()
    if not security.ConvertStringSecurityDescriptorToSecurityDescriptorW(
        ctypes.c_wchar_p(_LOW_FOLDER), 1, ctypes.byref(descriptor), None
    ):
        return False
    try:
        is_read = security.GetSecurityDescriptorSacl(
            descriptor, ctypes.byref(present), ctypes.byref(sacl), ctypes.byref(defaulted)
        )
        place = ctypes.c_wchar_p(folder)
        return bool(is_read) and not security.SetNamedSecurityInfoW(
            place, _FILE, _LABEL, None, None, None, sacl
        )
    finally:
        kernel.LocalFree(descriptor)


def _set_low(kernel: Any, security: Any, token: ctypes.c_void_p) -> bool:
    sid = ctypes.c_void_p()
    if not security.ConvertStringSidToSidW(ctypes.c_wchar_p(_LOW), ctypes.byref(sid)):
        return False
    try:
        label = _Label(sid.value, _INTEGRITY)
        size = ctypes.sizeof(label) + security.GetLengthSid(sid)
        return bool(
            security.SetTokenInformation(token, _INTEGRITY_LEVEL, ctypes.byref(label), size)
        )
    finally:
        kernel.LocalFree(sid)


def _is_written_when_low(kernel: Any, security: Any, token: ctypes.c_void_p, folder: str) -> bool:
    """Whether this thread can write in a folder at low integrity; it is what it was afterwards.

    A process cannot go back, so that is tried first.
    """
    copy = ctypes.c_void_p()
    if not security.DuplicateTokenEx(
        *(token, _QUERY | _IMPERSONATE | _ADJUST_DEFAULT, None, _IMPERSONATION, _IMPERSONATION),
        ctypes.byref(copy),
    ):
        return False
    try:
        if not _set_low(kernel, security, copy) or not security.SetThreadToken(None, copy):
            return False
        probe = Path(folder) / f".low-{os.getpid()}"
        try:
            probe.mkdir()
            probe.rmdir()
        except OSError:
            return False
        finally:
            security.RevertToSelf()
        return True
    finally:
        kernel.CloseHandle(copy)
