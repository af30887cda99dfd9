//! What the VMM tells at boot: <https://xenbits.xen.org/docs/unstable/misc/pvh.html>
use core::{ffi::CStr, slice};

const MAGIC: u32 = 0x336e_c578;
const RAM: u32 = 1;
/// boot.s maps this much.
const MAPPED: u64 = 1 << 32;

#[repr(C)]
pub struct StartInfo {
    magic: u32,
    version: u32,
    flags: u32,
    modules: u32,
    module_list: u64,
    command_line: u64,
    rsdp: u64,
    memory_map: u64,
    memory_map_entries: u32,
    reserved: u32,
}

#[repr(C)]
struct Module {
    address: u64,
    size: u64,
    command_line: u64,
    reserved: u64,
}

#[repr(C)]
struct Region {
    address: u64,
    size: u64,
    kind: u32,
    reserved: u32,
}

unsafe extern "C" {
    static __end: u8;
}

impl StartInfo {
    /// The words given with QEMU's `-append`.
    pub fn command_line(&'static self) -> Result<&'static str, core::str::Utf8Error> {
        assert_eq!(self.magic, MAGIC, "not booted through PVH");
        if self.command_line == 0 {
            return Ok("");
        }
        // SAFETY: the boot protocol: a C string at this (identity-mapped) address.
        unsafe { CStr::from_ptr(self.command_line as *const i8) }.to_str()
    }

    /// Start and size of the RAM behind the image, up to whatever the VMM has put there.
    pub fn free_memory(&'static self) -> (usize, usize) {
        let start = &raw const __end as u64;
        let map: &[Region] = list(self.memory_map, self.memory_map_entries);
        let end = map
            .iter()
            .filter(|r| r.kind == RAM && (r.address..r.address + r.size).contains(&start))
            .map(|r| MAPPED.min(r.address + r.size))
            .next()
            .expect("the image is in RAM");
        let own = [
            &raw const *self as u64,
            self.command_line,
            self.memory_map,
            self.module_list,
        ];
        let modules: &[Module] = list(self.module_list, self.modules);
        let end = modules
            .iter()
            .map(|m| m.address)
            .chain(own)
            .filter(|&used| used >= start)
            .fold(end, u64::min)
            & !4095;
        (start as usize, (end - start) as usize)
    }
}

fn list<T>(address: u64, length: u32) -> &'static [T] {
    if length == 0 {
        return &[];
    }
    // SAFETY: the boot protocol: `length` entries of that layout, identity mapped, never written again.
    unsafe { slice::from_raw_parts(address as *const T, length as usize) }
}
