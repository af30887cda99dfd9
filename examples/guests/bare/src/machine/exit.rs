//! The ways a guest ends.
use super::port::{write8, write32};
use crate::{console, machine::serial::name};
use core::arch::asm;

/// Exit code of a panic, as in every Rust program.
const PANIC: u8 = 101;
/// Exit code of a CPU exception (a stack overflow is a page fault, 14).
const EXCEPTION: u8 = 102;

/// Ends the guest. QEMU's isa-debug-exit makes a status of `2 * written + 1`; what is written is the
/// code plus one, because a status of 1 is QEMU's own when it cannot start. Without that device the
/// machine resets, which ends QEMU too when it runs with `-no-reboot`.
pub fn exit(code: u8) -> ! {
    // SAFETY: nothing runs after this; debug-exit, then keyboard-controller reset, then a triple fault.
    unsafe {
        write32(0xf4, u32::from(code) + 1);
        write8(0x64, 0xfe);
        let no_handlers = [0u8; 10];
        asm!("lidt [{}]", "int3", in(reg) no_handlers.as_ptr());
    }
    loop {
        core::hint::spin_loop();
    }
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo) -> ! {
    console!("{}: {info}", name());
    exit(PANIC)
}

/// What the stubs in boot.s push, then what the CPU pushed.
#[repr(C)]
struct Frame {
    vector: u64,
    error: u64,
    rip: u64,
}

#[unsafe(no_mangle)]
extern "C" fn exception(frame: &Frame) -> ! {
    let address: u64;
    // SAFETY: reading CR2 has no effect.
    unsafe { asm!("mov {}, cr2", out(reg) address, options(nomem, nostack)) }
    let Frame { vector, error, rip } = frame;
    console!(
        "{}: exception {vector} error {error:#x} rip {rip:#x} address {address:#x}",
        name()
    );
    exit(EXCEPTION)
}
