"""What a process may ask of Linux: a filter of system calls, made by hand.

Source: https://docs.kernel.org/userspace-api/seccomp_filter.html; the numbers are those of the
kernel's asm/unistd_64.h for x86-64, and of asm-generic/unistd.h for aarch64.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Sequence

# Each: its name, its number on x86-64, and that on aarch64, which lacks the older ones.
REFUSED = (
    # Talking to others: the pipe that the process has is read and written as a file.
    """
    socket 41 198, socketpair 53 199, connect 42 203, bind 49 200, listen 50 201,
    accept 43 202, accept4 288 242, sendto 44 206, recvfrom 45 207, sendmsg 46 211,
    sendmmsg 307 269, recvmmsg 299 243, shutdown 48 210, setsockopt 54 208, shmget 29 194,
    shmat 30 196, shmctl 31 195, shmdt 67 197, semget 64 190, semop 65 193,
    semtimedop 220 192, semctl 66 191, msgget 68 186, msgsnd 69 189, msgrcv 70 188,
    msgctl 71 187, mq_open 240 180, mq_unlink 241 181, mq_timedsend 242 182,
    mq_timedreceive 243 183, mq_notify 244 184
    """,
    # Starting programs and processes; threads are told from them below.
    """
    execve 59 221, execveat 322 281, fork 57 -, vfork 58 -, memfd_create 319 279,
    uselib 134 -, personality 135 92
    """,
    # Looking into other processes, and changing them.
    """
    ptrace 101 117, process_vm_readv 310 270, process_vm_writev 311 271,
    process_madvise 440 440, kcmp 312 272, pidfd_open 434 434, pidfd_getfd 438 438,
    pidfd_send_signal 424 424, tkill 200 130, rt_sigqueueinfo 129 138,
    rt_tgsigqueueinfo 297 240, setpgid 109 154, setpriority 141 140, ioprio_set 251 30,
    sched_setscheduler 144 119, sched_setattr 314 274, sched_setparam 142 118,
    sched_setaffinity 203 122, migrate_pages 256 238, move_pages 279 239
    """,
    # The system as others see it.
    """
    mount 165 40, umount2 166 39, pivot_root 155 41, chroot 161 51, move_mount 429 429,
    open_tree 428 428, fsopen 430 430, fsconfig 431 431, fsmount 432 432, fspick 433 433,
    unshare 272 97, setns 308 268, swapon 167 224, swapoff 168 225, sethostname 170 161,
    setdomainname 171 162, settimeofday 164 170, clock_settime 227 112, adjtimex 159 171,
    clock_adjtime 305 266, acct 163 89, quotactl 179 60, reboot 169 142, vhangup 153 58,
    syslog 103 116, nfsservctl 180 42, iopl 172 -, ioperm 173 -, modify_ldt 154 -,
    init_module 175 105, finit_module 313 273, delete_module 176 106, kexec_load 246 104,
    kexec_file_load 320 294, lookup_dcookie 212 18
    """,
    # What has been a door into the kernel, or to what is kept there.
    """
    keyctl 250 219, add_key 248 217, request_key 249 218, bpf 321 280,
    perf_event_open 298 241, userfaultfd 323 282, io_uring_setup 425 425,
    io_uring_enter 426 426, io_uring_register 427 427, io_setup 206 0, io_submit 209 2,
    vmsplice 278 75, splice 275 76, tee 276 77, remap_file_pages 216 234
    """,
    # Another person's rights.
    """
    setuid 105 146, setgid 106 144, setreuid 113 145, setregid 114 143, setresuid 117 147,
    setresgid 119 149, setgroups 116 159, setfsuid 122 151, setfsgid 123 152, capset 126 91
    """,
    # What Landlock does not keep, or not in all its versions.
    """
    chmod 90 -, fchmod 91 52, fchmodat 268 53, chown 92 -, lchown 94 -, fchown 93 55,
    fchownat 260 54, setxattr 188 5, lsetxattr 189 6, fsetxattr 190 7, removexattr 197 14,
    lremovexattr 198 15, fremovexattr 199 16, utime 132 -, utimes 235 -, utimensat 280 88,
    futimesat 261 -, truncate 76 45, mknod 133 -, mknodat 259 33, link 86 -, linkat 265 37,
    symlink 88 -, symlinkat 266 36, name_to_handle_at 303 264, open_by_handle_at 304 265,
    fanotify_init 300 262, fanotify_mark 301 263, inotify_init 253 -, inotify_init1 294 26,
    inotify_add_watch 254 27
    """,
)
# A process that reads no unknown file, but keeps, finds and exports, changes files of ours.
_REFUSED_TO_ALL = REFUSED[:-1]
# Those from here on are younger than this list, or are refused: a kernel without them says so too,
# and who asks has an older one in their place.
_YOUNGER = 442
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
# name: number on each machine, which argument is looked at.
_KILL, _TGKILL, _PRLIMIT, _IOCTL, _FCNTL = (62, 129), (234, 131), (302, 261), (16, 29), (72, 25)
_CLONE, _CLONE3, _OPEN, _OPENAT, _OPENAT2 = (56, 220), (435, 435), (2, -1), (257, 56), (437, 437)
_SECCOMP = (317, 277)
_CLONE_THREAD = 0x10000
_NAMESPACES = 0x7E020080  # CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET
# What reading needs of terminals and pipes: TCGETS and its second, TIOCGWINSZ, FIONREAD, FIONBIO,
# FIONCLEX, FIOCLEX. TIOCSTI, which types into the terminal, is none of them.
_DEVICE_QUESTIONS = (0x5401, 0x802C542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY: signals to others, and holding them up.
_FILE_ORDERS = (8, 10, 15, 1024, 1026)

_LOAD, _EQUAL, _AT_LEAST, _ANY_OF, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16
_PR_SET_NO_NEW_PRIVS, _PR_GET_SECCOMP = 38, 21
_MODE_FILTER, _ALL_THREADS = 1, 1

Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def is_filtered() -> bool:
    """Whether the calls of this process go through a filter."""
    if sys.platform != "linux":
        return False
    return int(ctypes.CDLL(None).prctl(_PR_GET_SECCOMP, 0, 0, 0, 0)) == 2


def restrict(may_change_files: bool = False) -> bool:
    """Whether all threads of this process are now refused what reading a file does not need.

    One that `may_change_files` is let rename, link and mark them; it gets no socket, no program and
    no look into another process either.
    """
    machine = getattr(os, "uname", platform.uname)().machine
    if sys.platform != "linux" or machine not in _MACHINES or sys.maxsize < 2**32:
        return False
    packed = b"".join(
        struct.pack("=HBBI", *one) for one in program(machine, os.getpid(), may_change_files)
    )
    asked = _Program(len(packed) // 8, packed)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    number = ctypes.c_long(_SECCOMP[_MACHINES[machine][0]])
    mode, flags = ctypes.c_long(_MODE_FILTER), ctypes.c_long(_ALL_THREADS)
    return int(libc.syscall(number, mode, flags, ctypes.byref(asked))) == 0


def program(machine: str, process_id: int, may_change_files: bool = False) -> list[Instruction]:
    """The filter for a machine, in the kernel's classic BPF: code, two jumps, a number."""
    which, known_as = _MACHINES[machine]
    refused, missing = _ERRNO | errno.EPERM, _ERRNO | errno.ENOSYS
    made: list[Instruction] = [
        # Calls as another machine makes them have other numbers.
        *((_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, known_as), (_RETURN, 0, 0, refused)),
        *((_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, _YOUNGER), (_RETURN, 0, 0, missing)),
    ]
    for number in refused_numbers(machine, _REFUSED_TO_ALL if may_change_files else REFUSED):
        made += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, refused)]

    def when(call: tuple[int, int], steps: list[Instruction]) -> None:
        if call[which] >= 0:
            made.extend([(_EQUAL, 0, len(steps), call[which]), *steps])

    # With these a library takes the older call, whose arguments can be looked at.
    when(_CLONE3, [(_RETURN, 0, 0, missing)])
    when(_OPENAT2, [(_RETURN, 0, 0, missing)])
    threads: list[Instruction] = [
        (_LOAD, 0, 0, _ARGUMENTS),
        *((_ANY_OF, 2, 0, _NAMESPACES), (_ANY_OF, 0, 1, _CLONE_THREAD)),
        *((_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, refused)),
    ]
    when(_CLONE, threads)
    for call in (_KILL, _TGKILL):
        when(call, _unless(0, (process_id,), refused))
    when(_PRLIMIT, _unless(0, (0, process_id), refused))
    when(_IOCTL, _unless(1, _DEVICE_QUESTIONS, _ERRNO | errno.ENOTTY))
    listed = [(_EQUAL, len(_FILE_ORDERS) - n, 0, one) for n, one in enumerate(_FILE_ORDERS)]
    allow, refuse = (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, refused)
    when(_FCNTL, [(_LOAD, 0, 0, _ARGUMENTS + 8), *listed, allow, refuse])
    for call, argument in ((_OPEN, 1), (_OPENAT, 2)):
        # To open for reading and empty the file: Landlock knows of that since its version 3.
        flags, emptied = os.O_TRUNC | os.O_RDWR | os.O_WRONLY, os.O_TRUNC | os.O_RDONLY
        look = [(_LOAD, 0, 0, _ARGUMENTS + 8 * argument), (_AND, 0, 0, flags)]
        when(call, [*look, (_EQUAL, 0, 1, emptied), refuse, allow])
    return [*made, allow]


def refused_numbers(machine: str, groups: Sequence[str] = REFUSED) -> list[int]:
    """The numbers of the calls that are refused whatever their arguments are."""
    lines = (line.split() for group in groups for line in group.split(","))
    numbers = (line[1 + _MACHINES[machine][0]] for line in lines)
    return [int(number) for number in numbers if number != "-"]


def _unless(argument: int, values: tuple[int, ...], otherwise: int) -> list[Instruction]:
    """Allow a call one of whose arguments is among the values."""
    listed = [(_EQUAL, len(values) - n, 0, one) for n, one in enumerate(values)]
    ends = [(_RETURN, 0, 0, otherwise), (_RETURN, 0, 0, _ALLOW)]
    return [(_LOAD, 0, 0, _ARGUMENTS + 8 * argument), *listed, *ends]
