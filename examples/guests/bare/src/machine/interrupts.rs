//! The interrupt table and the APICs. Interrupts only end a `hlt`; the main loop asks each device what happened.
use super::port::write8;
use core::{arch::asm, ptr};

pub const TIMER_VECTOR: u32 = 0x20;
const FIRST_PIN_VECTOR: u32 = 0x30;
const LEVEL: u32 = 1 << 15;
const MASKED: u32 = 1 << 16;
const IOAPIC: usize = 0xfec0_0000;

unsafe extern "C" {
    static exception_stubs: u8;
    static interrupt_stub: u8;
    static spurious_stub: u8;
}

/// Registers of the CPU's own APIC.
#[derive(Clone, Copy)]
pub enum Apic {
    Priority = 0x80,
    Spurious = 0xf0,
    TimerLine = 0x320,
    TimerStart = 0x380,
    TimerLeft = 0x390,
    TimerDivide = 0x3e0,
}

impl Apic {
    pub fn write(self, value: u32) {
        // SAFETY: the APIC's fixed, identity-mapped address; it changes no memory.
        unsafe { ptr::write_volatile((0xfee0_0000 + self as usize) as *mut u32, value) }
    }

    pub fn read(self) -> u32 {
        // SAFETY: as above.
        unsafe { ptr::read_volatile((0xfee0_0000 + self as usize) as *const u32) }
    }
}

static mut TABLE: [[u64; 2]; 256] = [[0; 2]; 256];

pub fn init() {
    load_table();
    // SAFETY: masks both 8259 controllers; where there is none the writes go nowhere.
    unsafe {
        write8(0x21, 0xff);
        write8(0xa1, 0xff);
    }
    Apic::Spurious.write(0x1ff);
    Apic::Priority.write(0);
    Apic::TimerDivide.write(0xb);
    Apic::TimerLine.write(MASKED | TIMER_VECTOR);
    for pin in 0..24 {
        // Timers, cascade and clock are not used; all others may belong to a virtio device or to COM1 (4).
        let masked = if matches!(pin, 0..=2 | 8) { MASKED } else { 0 };
        ioapic(0x11 + pin * 2, 0);
        ioapic(0x10 + pin * 2, (FIRST_PIN_VECTOR + pin) | LEVEL | masked);
    }
}

fn load_table() {
    let stubs = &raw const exception_stubs as u64;
    for vector in 0..256u64 {
        let (stub, stack) = match vector {
            0..32 => (stubs + 16 * vector, 1),
            255 => (&raw const spurious_stub as u64, 0),
            _ => (&raw const interrupt_stub as u64, 0),
        };
        let low =
            stub & 0xffff | 8 << 16 | stack << 32 | 0x8e00 << 32 | (stub >> 16 & 0xffff) << 48;
        // SAFETY: runs once, before interrupts are on; nobody else refers to the table.
        unsafe { TABLE[vector as usize] = [low, stub >> 32] }
    }
    let base = (&raw const TABLE as u64).to_le_bytes();
    let mut register = [0; 10];
    register[..2].copy_from_slice(&4095u16.to_le_bytes());
    register[2..].copy_from_slice(&base);
    // SAFETY: a complete table of present gates that lives for ever.
    unsafe { asm!("lidt [{}]", in(reg) &raw const register) }
}

fn ioapic(register: u32, value: u32) {
    // SAFETY: the IOAPIC's fixed, identity-mapped address; it changes no memory.
    unsafe {
        ptr::write_volatile(IOAPIC as *mut u32, register);
        ptr::write_volatile((IOAPIC + 0x10) as *mut u32, value);
    }
}
