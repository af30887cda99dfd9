//! The C functions that compiled Rust calls and nobody else provides here. Written in assembly or with volatile
//! reads, or the compiler would turn each loop into a call to the very function.
use core::{arch::asm, ptr};

#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, size: usize) -> *mut u8 {
    // SAFETY: C's contract: both are valid for `size` bytes and do not overlap.
    unsafe {
        asm!("rep movsb", inout("rcx") size => _, inout("rdi") to => _, inout("rsi") from => _)
    }
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, size: usize) -> *mut u8 {
    if (to as usize).wrapping_sub(from as usize) >= size {
        // SAFETY: copying upwards never overwrites what is still to be read.
        return unsafe { memcpy(to, from, size) };
    }
    // SAFETY: C's contract; copies downwards, and restores the direction flag.
    unsafe {
        asm!("std", "rep movsb", "cld", inout("rcx") size => _,
            inout("rdi") to.add(size).wrapping_sub(1) => _, inout("rsi") from.add(size).wrapping_sub(1) => _);
    }
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut u8, value: i32, size: usize) -> *mut u8 {
    // SAFETY: C's contract: valid for `size` bytes.
    unsafe { asm!("rep stosb", inout("rcx") size => _, inout("rdi") to => _, in("al") value as u8) }
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(left: *const u8, right: *const u8, size: usize) -> i32 {
    for i in 0..size {
        // SAFETY: C's contract: both are valid for `size` bytes.
        let (l, r) = unsafe {
            (
                ptr::read_volatile(left.add(i)),
                ptr::read_volatile(right.add(i)),
            )
        };
        if l != r {
            return i32::from(l) - i32::from(r);
        }
    }
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(left: *const u8, right: *const u8, size: usize) -> i32 {
    // SAFETY: the same contract.
    unsafe { memcmp(left, right, size) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn strlen(text: *const u8) -> usize {
    let mut length = 0;
    // SAFETY: C's contract: a zero byte ends the text.
    while unsafe { ptr::read_volatile(text.add(length)) } != 0 {
        length += 1;
    }
    length
}
