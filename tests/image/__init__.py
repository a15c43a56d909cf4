"""The flashed image, booted in QEMU under UEFI: nothing for tests is inside it."""
