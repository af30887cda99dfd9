//! Everything that touches the machine: a PC as QEMU's microvm, q35 and pc show it.
pub mod clock;
pub mod entropy;
pub mod exit;
pub mod files;
pub mod heap;
pub mod interrupts;
mod memory;
pub mod port;
pub mod pvh;
pub mod serial;

core::arch::global_asm!(include_str!("boot.s"));

use clock::Clock;
use pvh::StartInfo;

/// Makes the machine usable: memory, interrupts, time. A guest's `kmain` calls it first; `name` begins its lines on the console.
///
/// # Safety
/// Once only, with what boot.s passed on.
pub unsafe fn start(name: &'static str, info: &'static StartInfo) -> Clock {
    serial::set_name(name);
    let (start, size) = info.free_memory();
    crate::console!("{name}: boot, {} KiB of heap", size / 1024);
    // SAFETY: once, with memory that the boot protocol says is free.
    unsafe { heap::init(start, size) }
    interrupts::init();
    Clock::calibrate()
}
