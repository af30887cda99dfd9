//! Everything that touches the machine: a PC as QEMU's microvm, q35 and pc show it.
pub mod clock;
pub mod exit;
pub mod heap;
pub mod interrupts;
mod memory;
pub mod port;
pub mod pvh;
pub mod serial;

core::arch::global_asm!(include_str!("boot.s"));
