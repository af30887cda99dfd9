//! COM1, the console. A machine without one reads 0xff everywhere: then writes vanish and nothing is read.
use super::port::{read8, write8};
use core::{
    cell::Cell,
    fmt::{self, Write},
};

const DATA: u16 = 0x3f8;
const INTERRUPT_ENABLE: u16 = DATA + 1;
const MODEM_CONTROL: u16 = DATA + 4;
const LINE_STATUS: u16 = DATA + 5;
const RECEIVED: u8 = 0x01;
const WRITABLE: u8 = 0x20;
const ABSENT: u8 = 0xff;

struct Name(Cell<&'static str>);

// SAFETY: there is one CPU, and interrupt stubs do not use it.
unsafe impl Sync for Name {}

static NAME: Name = Name(Cell::new("guest"));

/// What the guest's own lines on the console begin with.
pub fn name() -> &'static str {
    NAME.0.get()
}

pub fn set_name(name: &'static str) {
    NAME.0.set(name);
}

pub struct Serial;

impl Write for Serial {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            // SAFETY: COM1's registers (or nothing) are behind these ports; no DMA.
            unsafe {
                while read8(LINE_STATUS) & WRITABLE == 0 {}
                write8(DATA, byte);
            }
        }
        Ok(())
    }
}

/// One line on the console.
#[macro_export]
macro_rules! console {
    ($($part:tt)*) => {{
        use core::fmt::Write as _;
        let _ = writeln!($crate::machine::serial::Serial, $($part)*);
    }};
}

/// Makes each received byte raise IRQ 4, which ends [`super::clock::idle`].
pub fn listen() {
    // SAFETY: COM1's registers; OUT2 gates the interrupt line on a PC.
    unsafe {
        write8(INTERRUPT_ENABLE, 1);
        write8(MODEM_CONTROL, 0x0b);
    }
}

/// The next byte typed at the console, if any.
pub fn read() -> Option<u8> {
    // SAFETY: COM1's registers; reading takes the byte.
    unsafe {
        let status = read8(LINE_STATUS);
        (status != ABSENT && status & RECEIVED != 0).then(|| read8(DATA))
    }
}
