"""The messages of a Unix socket that carry an open file, as Linux's libc takes them.

Apart from what says who needs a file, which is all of it that a start loads.
"""

from __future__ import annotations

import ctypes
import errno
import os

_SOL_SOCKET, _SCM_RIGHTS, _CLOSE_ON_EXEC = 1, 1, 0x40000000


class _Piece(ctypes.Structure):
    _fields_ = (("start", ctypes.c_void_p), ("size", ctypes.c_size_t))


class _Rights(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_size_t),
        ("level", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("descriptor", ctypes.c_int),
        ("padding", ctypes.c_int),
    )


class _Message(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_size", ctypes.c_uint),
        ("pieces", ctypes.POINTER(_Piece)),
        ("piece_count", ctypes.c_size_t),
        ("rights", ctypes.POINTER(_Rights)),
        ("rights_size", ctypes.c_size_t),
        ("flags", ctypes.c_int),
    )


def send(pipe: int, descriptor: int) -> None:
    """Hand an open file to the process at the other end of a Unix socket; Linux only.

    Raises:
        OSError: when nobody is there.
    """
    size = _Rights.padding.offset
    _exchange("sendmsg", pipe, _Rights(size, _SOL_SOCKET, _SCM_RIGHTS, descriptor, 0), 0)


def receive(pipe: int) -> int:
    """The open file that the other end hands over.

    Raises:
        OSError: when none comes.
    """
    rights = _Rights()
    _exchange("recvmsg", pipe, rights, _CLOSE_ON_EXEC)
    if rights.kind != _SCM_RIGHTS or rights.size < _Rights.padding.offset:
        raise OSError(errno.EBADMSG, os.strerror(errno.EBADMSG))
    return int(rights.descriptor)


def _exchange(call: str, pipe: int, rights: _Rights, flags: int) -> None:
    space = ctypes.create_string_buffer(1)
    byte = _Piece(ctypes.addressof(space), 1)
    message = _Message(
        *(None, 0, ctypes.pointer(byte), 1),
        *(ctypes.pointer(rights), ctypes.sizeof(_Rights), 0),
    )
    function = getattr(ctypes.CDLL(None, use_errno=True), call)
    while (done := function(pipe, ctypes.byref(message), flags)) != 1:
        code = ctypes.get_errno()
        if done == 0 or code != errno.EINTR:
            raise OSError(code, os.strerror(code))
