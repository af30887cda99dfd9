//! The first serial port, and the way out when nothing goes on.

use core::arch::asm;
use core::fmt::{self, Write};
use core::panic::PanicInfo;

const COM1: u16 = 0x3f8;
/// Of QEMU's isa-debug-exit; a byte N ends the machine with status 2N+1. Hermit itself writes 0 to it when a program fails.
const EXIT: u16 = 0xf4;

/// Writes what a `write!` gives it to the serial port.
pub struct Console;

impl Console {
    /// 115200 baud, eight bits, no interrupts.
    pub fn open() {
        for (register, value) in [(1, 0), (3, 0x80), (0, 1), (1, 0), (3, 3), (2, 0xc7), (4, 0x0b)] {
            out(COM1 + register, value);
        }
    }
}

impl Write for Console {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            while input(COM1 + 5) & 0x20 == 0 {}
            out(COM1, byte);
        }
        Ok(())
    }
}

#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    let _ = writeln!(Console, "[loader] {}", info.message());
    out(EXIT, 0);
    loop {
        // SAFETY: waits for an interrupt, of which none is enabled.
        unsafe { asm!("hlt") }
    }
}

fn out(port: u16, value: u8) {
    // SAFETY: the ports written here belong to the serial port and to the exit device, which touch no memory.
    unsafe { asm!("out dx, al", in("dx") port, in("al") value, options(nomem, nostack)) }
}

fn input(port: u16) -> u8 {
    let value: u8;
    // SAFETY: reading the serial port's registers touches no memory.
    unsafe { asm!("in al, dx", in("dx") port, out("al") value, options(nomem, nostack)) }
    value
}
