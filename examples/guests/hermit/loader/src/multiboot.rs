//! Reads multiboot's boot information (Multiboot Specification 0.6.96, section 3.3).

use core::ffi::CStr;

const HAS_COMMAND_LINE: u32 = 1 << 2;
const HAS_MODULES: u32 = 1 << 3;
const USABLE_MEMORY: u32 = 1;

/// The boot information at an address below 4 GiB, which is mapped one to one.
pub struct BootInformation(usize);

/// A stretch of memory.
pub struct Memory {
    pub base: u64,
    pub length: u64,
}

impl BootInformation {
    /// # Safety
    /// `address` must be what the boot loader left in EBX.
    pub unsafe fn at(address: usize) -> Self {
        Self(address)
    }

    pub fn command_line(&self) -> &'static str {
        if self.word(0) & HAS_COMMAND_LINE == 0 {
            return "";
        }
        // SAFETY: the flag says that the address is that of a string with a zero at its end.
        let text = unsafe { CStr::from_ptr(self.word(16) as usize as *const _) };
        text.to_str().unwrap_or_else(|_| panic!("the command line is not UTF-8"))
    }

    /// The first module: what QEMU was given as -initrd.
    pub fn first_module(&self) -> &'static [u8] {
        if self.word(0) & HAS_MODULES == 0 || self.word(20) == 0 {
            panic!("no application: give it to the machine as its initrd");
        }
        let modules = self.word(24) as usize;
        let (begin, end) = (read(modules) as usize, read(modules + 4) as usize);
        // SAFETY: the boot loader put the module there, and nothing overwrites it before it is copied.
        unsafe { core::slice::from_raw_parts(begin as *const u8, end - begin) }
    }

    /// The memory that can be used, module and loader included.
    pub fn memory(&self) -> impl Iterator<Item = Memory> + use<> {
        let (mut entry, end) = (self.word(48) as usize, self.word(48) as usize + self.word(44) as usize);
        core::iter::from_fn(move || {
            (entry < end).then(|| {
                let found = (long(entry + 4), long(entry + 12), read(entry + 20));
                entry += read(entry) as usize + 4;
                found
            })
        })
        .filter(|(_, _, kind)| *kind == USABLE_MEMORY)
        .map(|(base, length, _)| Memory { base, length })
    }

    fn word(&self, offset: usize) -> u32 {
        read(self.0 + offset)
    }
}

fn read(address: usize) -> u32 {
    // SAFETY: the addresses come from the boot information, and the first 4 GiB are mapped.
    unsafe { (address as *const u32).read_unaligned() }
}

fn long(address: usize) -> u64 {
    u64::from(read(address)) | u64::from(read(address + 4)) << 32
}
