//! The device tree by which Hermit learns of its memory, its command line and the ACPI tables.

use crate::multiboot::BootInformation;
use alloc::format;
use vm_fdt::{Error, FdtWriter};

/// The tree's address; it stays for ever.
pub fn build(information: &BootInformation) -> Result<u64, Error> {
    let mut tree = FdtWriter::new()?;
    let root = tree.begin_node("")?;
    tree.property_u32("#address-cells", 2)?;
    tree.property_u32("#size-cells", 2)?;
    tree.property_string("compatible", "linux,dummy-virt")?;
    for memory in information.memory() {
        let node = tree.begin_node(&format!("memory@{:x}", memory.base))?;
        tree.property_string("device_type", "memory")?;
        tree.property_array_u64("reg", &[memory.base, memory.length])?;
        tree.end_node(node)?;
    }
    let chosen = tree.begin_node("chosen")?;
    tree.property_string("bootargs", information.command_line())?;
    tree.end_node(chosen)?;
    if let Some(address) = acpi_root() {
        let node = tree.begin_node(&format!("hermit,rsdp@{address:x}"))?;
        tree.property_array_u64("reg", &[address, 1])?;
        tree.end_node(node)?;
    }
    tree.end_node(root)?;
    Ok(tree.finish()?.leak().as_ptr() as u64)
}

/// Where the BIOS left the root of the ACPI tables, if there are any (ACPI 6.5, section 5.2.5.1).
fn acpi_root() -> Option<u64> {
    (0xe0000_usize..0x100000).step_by(16).find(|address| {
        // SAFETY: the BIOS area is mapped and nobody writes to it.
        let table = unsafe { core::slice::from_raw_parts(*address as *const u8, 20) };
        table.starts_with(b"RSD PTR ") && table.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte)) == 0
    })
    .map(|address| address as u64)
}
