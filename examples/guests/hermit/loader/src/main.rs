//! Starts a Hermit application on a machine that boots multiboot kernels: QEMU's pc, q35 and microvm. The application is the first module.

#![no_std]
#![no_main]

extern crate alloc;

mod console;
mod device_tree;
mod heap;
mod multiboot;

use console::Console;
use core::arch::{asm, global_asm};
use core::fmt::Write;
use core::mem::MaybeUninit;
use core::num::{NonZeroU16, NonZeroU64};
use hermit_entry::boot_info::{BootInfo, HardwareInfo, PlatformInfo, RawBootInfo};
use hermit_entry::elf::{KernelObject, LoadedKernel};
use multiboot::BootInformation;

global_asm!(include_str!("start.s"));

const LARGE_PAGE: usize = 2 << 20;

#[unsafe(no_mangle)]
unsafe extern "C" fn loader_main(information: usize) -> ! {
    Console::open();
    // SAFETY: start.s passes what it found in EBX.
    let information = unsafe { BootInformation::at(information) };
    let _ = writeln!(Console, "[loader] bootargs = {}", information.command_line());
    let file = information.first_module();
    let application =
        KernelObject::parse(file).unwrap_or_else(|e| panic!("the initrd is no Hermit application: {e:?}"));
    let (base, size) = (place(&application, file), application.mem_size());
    let fits = |m: multiboot::Memory| m.base <= base as u64 && (base + size) as u64 <= m.base + m.length;
    if !information.memory().any(fits) {
        panic!("not enough memory: the application takes {size} bytes at {base:#x}");
    }
    let tree = device_tree::build(&information).unwrap_or_else(|e| panic!("no device tree: {e:?}"));
    // SAFETY: that memory is there, as was just seen, and lies behind the loader and the file.
    let memory = unsafe { core::slice::from_raw_parts_mut(base as *mut MaybeUninit<u8>, size) };
    let LoadedKernel { load_info, entry_point, .. } = application.load_kernel(memory, base as u64);
    let boot = RawBootInfo::from(BootInfo {
        hardware_info: HardwareInfo {
            phys_addr_range: 0..0,
            serial_port_base: NonZeroU16::new(0x3f8),
            device_tree: NonZeroU64::new(tree),
        },
        load_info,
        platform_info: PlatformInfo::Fdt,
    });
    enter(entry_point, alloc::boxed::Box::leak(alloc::boxed::Box::new(boot)))
}

/// Where the application goes: where it must, else on the first large page behind the loader and the file.
fn place(application: &KernelObject<'_>, file: &[u8]) -> usize {
    unsafe extern "C" {
        static loader_end: u8;
    }
    let occupied = (&raw const loader_end as usize).max(file.as_ptr_range().end as usize);
    application.start_addr().map_or(occupied.next_multiple_of(LARGE_PAGE), |address| address as usize)
}

fn enter(entry_point: u64, boot: &'static RawBootInfo) -> ! {
    #[repr(align(16))]
    struct Stack(#[expect(dead_code)] [u8; 64 * 1024]);
    static mut STACK: Stack = Stack([0; 64 * 1024]);
    // SAFETY: the kernel never returns, and takes the stack pointer for the lower end of its first stack (kernel 0.11's start.rs).
    unsafe {
        asm!("mov rsp, {stack}", "jmp {entry}", stack = in(reg) &raw mut STACK, entry = in(reg) entry_point,
             in("rdi") boot, in("rsi") 0_usize, options(noreturn))
    }
}
