//! x86 I/O ports.
use core::arch::asm;

/// # Safety
/// Writing to `port` must not break memory safety: it depends on the device behind it.
pub unsafe fn write8(port: u16, value: u8) {
    // SAFETY: the caller vouches for the device; the instruction touches no memory.
    unsafe { asm!("out dx, al", in("dx") port, in("al") value, options(nomem, nostack)) }
}

/// # Safety
/// As [`write8`].
pub unsafe fn write16(port: u16, value: u16) {
    // SAFETY: the caller vouches for the device; the instruction touches no memory.
    unsafe { asm!("out dx, ax", in("dx") port, in("ax") value, options(nomem, nostack)) }
}

/// # Safety
/// As [`write8`].
pub unsafe fn write32(port: u16, value: u32) {
    // SAFETY: the caller vouches for the device. Memory is left clobbered: it may start DMA.
    unsafe { asm!("out dx, eax", in("dx") port, in("eax") value, options(nostack)) }
}

/// # Safety
/// As [`write8`]: reading may change the device's state.
pub unsafe fn read8(port: u16) -> u8 {
    let value;
    // SAFETY: the caller vouches for the device; the instruction touches no memory.
    unsafe { asm!("in al, dx", in("dx") port, out("al") value, options(nomem, nostack)) }
    value
}

/// # Safety
/// As [`read8`].
pub unsafe fn read32(port: u16) -> u32 {
    let value;
    // SAFETY: the caller vouches for the device; the instruction touches no memory.
    unsafe { asm!("in eax, dx", in("dx") port, out("eax") value, options(nomem, nostack)) }
    value
}
