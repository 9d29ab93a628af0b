"""Whether a disk is encrypted is told as the system knows it, through every layer, and never guessed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from family_case.services.disks import Answer, Swap, disk_encrypted, swap

LINUX = pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN HERE: links and paths of another system")
pytestmark = LINUX


class Machine:
    """A Linux machine's /proc and /sys as files, written as the kernel writes them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mounts: list[str] = []
        for folder in ("proc/self", "sys/block", "sys/class/block", "sys/dev/block", "sys/devices"):
            (root / folder).mkdir(parents=True)
        self.swaps()

    def device(self, name: str, numbers: str, *, uuid: str = "", on: tuple[str, ...] = (), of: str = "") -> None:
        """A block device; `uuid` and a name when the device mapper made it, `on` what it stands on, `of` its disk."""
        place = self.root / "sys/devices" / of / name
        (place / "slaves").mkdir(parents=True)
        if of:
            (place / "slaves").rmdir()
            (place / "partition").write_text("1\n")
        if uuid:
            (place / "dm").mkdir()
            (place / "dm/uuid").write_text(f"{uuid}\n")
            (place / "dm/name").write_text(f"name-of-{name}\n")
        for each in on:
            (place / "slaves" / each).symlink_to((self.root / "sys/class/block" / each).resolve())
        for link in (f"sys/class/block/{name}", f"sys/dev/block/{numbers}", *([] if of else [f"sys/block/{name}"])):
            (self.root / link).symlink_to(place)

    def mount(self, point: str, numbers: str, kind: str = "ext4", source: str = "/dev/sda1") -> None:
        self.mounts.append(f"{len(self.mounts) + 20} 1 {numbers} / {point} rw,relatime shared:1 - {kind} {source} rw")
        (self.root / "proc/self/mountinfo").write_text("\n".join(self.mounts) + "\n")

    def swaps(self, *lines: str) -> None:
        text = "\n".join(["Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority", *lines]) + "\n"
        (self.root / "proc/swaps").write_text(text)

    def disk(self, folder: str = "/data/anna/vault") -> Answer:
        return disk_encrypted(Path(folder), platform="linux", root=self.root)

    def swap(self) -> Swap:
        return swap(platform="linux", root=self.root)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path / "machine")
    made.device("sda", "8:0")
    made.device("sda1", "8:1", of="sda")
    made.device("sda2", "8:2", of="sda")
    made.mount("/", "8:1")
    return made


def test_a_plain_partition_is_not_encrypted(machine: Machine) -> None:
    assert machine.disk() is Answer.NO


def test_luks_under_the_home_is_found_although_the_system_lies_plain(machine: Machine) -> None:
    machine.device("dm-0", "253:0", uuid="CRYPT-LUKS2-0123-home", on=("sda2",))
    machine.mount("/data", "253:0", source="/dev/mapper/home")
    assert machine.disk() is Answer.YES
    assert machine.disk("/srv/vault") is Answer.NO


def test_luks_is_found_under_lvm(machine: Machine) -> None:
    machine.device("dm-0", "253:0", uuid="CRYPT-LUKS1-0123-sda2_crypt", on=("sda2",))
    machine.device("dm-1", "253:1", uuid="LVM-abc", on=("dm-0",))
    machine.mount("/data", "253:1", source="/dev/mapper/vg-home")
    assert machine.disk() is Answer.YES


def test_a_volume_over_an_encrypted_and_a_plain_disk_is_not_encrypted(machine: Machine) -> None:
    machine.device("dm-0", "253:0", uuid="CRYPT-LUKS2-0123-one", on=("sda2",))
    machine.device("sdb", "8:16")
    machine.device("dm-1", "253:1", uuid="LVM-abc", on=("dm-0", "sdb"))
    machine.mount("/data", "253:1", source="/dev/mapper/vg-home")
    assert machine.disk() is Answer.NO


def test_btrfs_that_hides_its_number_is_found_by_its_device(machine: Machine) -> None:
    machine.device("dm-0", "253:0", uuid="CRYPT-LUKS2-0123-x", on=("sda2",))
    machine.mount("/data", "0:45", kind="btrfs", source="/dev/mapper/name-of-dm-0")
    assert machine.disk() is Answer.YES


def test_a_file_that_is_a_disk_is_as_safe_as_the_disk_it_lies_on(machine: Machine) -> None:
    machine.device("loop0", "7:0")
    (machine.root / "sys/devices/loop0/loop").mkdir()
    (machine.root / "sys/devices/loop0/loop/backing_file").write_text("/srv/case.img\n")
    machine.mount("/mnt/case", "7:0", source="/dev/loop0")
    assert machine.disk("/mnt/case/vault") is Answer.NO


@pytest.mark.parametrize(
    ("kind", "numbers", "source"),
    [
        ("overlay", "8:1", "overlay"),
        ("tmpfs", "0:31", "tmpfs"),
        ("nfs4", "0:32", "server:/sda1"),
        ("fuse.gocryptfs", "0:33", "/data/anna/sda1"),
        ("zfs", "0:34", "tank/data"),
        ("ext4", "9:99", "/dev/gone"),
    ],
)
def test_what_nobody_can_see_through_is_not_guessed(machine: Machine, kind: str, numbers: str, source: str) -> None:
    machine.mount("/data", numbers, kind=kind, source=source)
    assert machine.disk() is Answer.UNKNOWN


def test_a_layer_nobody_knows_is_not_guessed(machine: Machine) -> None:
    machine.device("dm-0", "253:0", uuid="NEWTHING-1", on=("sda2",))
    machine.mount("/data", "253:0", source="/dev/mapper/home")
    assert machine.disk() is Answer.UNKNOWN


def test_a_mount_point_with_spaces_and_cyrillic_is_read_as_it_is(machine: Machine) -> None:
    machine.device("dm-0", "253:0", uuid="CRYPT-LUKS2-0123-x", on=("sda2",))
    machine.mount("/media/Моя\\040флешка", "253:0", source="/dev/mapper/x")
    assert machine.disk("/media/Моя флешка/vault") is Answer.YES


def test_without_the_systems_own_pages_nothing_is_told(tmp_path: Path) -> None:
    assert disk_encrypted(tmp_path, platform="linux", root=tmp_path) is Answer.UNKNOWN
    assert swap(platform="linux", root=tmp_path) is Swap.UNKNOWN
    assert disk_encrypted(tmp_path, platform="win32") is Answer.UNKNOWN
    assert disk_encrypted(tmp_path, platform="darwin") is Answer.UNKNOWN  # no fdesetup here
    assert swap(platform="win32") is Swap.UNKNOWN


def test_swap_is_told_by_where_it_lies(machine: Machine) -> None:
    assert machine.swap() is Swap.NONE
    machine.device("dm-0", "253:0", uuid="CRYPT-PLAIN-swap", on=("sda2",))
    safe = "/dev/dm-0                               partition\t1000\t\t0\t\t-2"
    machine.swaps(safe)
    assert machine.swap() is Swap.ENCRYPTED
    machine.swaps(safe, "/swapfile                               file\t\t1000\t\t0\t\t-3")
    assert machine.swap() is Swap.PLAIN
    machine.swaps("/dev/sda2 partition 1000 0 -2")
    assert machine.swap() is Swap.PLAIN
    machine.swaps("/dev/sdz9 partition 1000 0 -2")
    assert machine.swap() is Swap.UNKNOWN


def test_memory_that_is_only_compressed_is_no_swap_unless_it_is_written_back(machine: Machine) -> None:
    machine.device("zram0", "252:0")
    (machine.root / "sys/devices/zram0/backing_dev").write_text("none\n")
    machine.swaps("/dev/zram0 partition 1000 0 100")
    assert machine.swap() is Swap.NONE
    (machine.root / "sys/devices/zram0/backing_dev").write_text("/dev/sda2\n")
    assert machine.swap() is Swap.UNKNOWN
