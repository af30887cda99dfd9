//! Finds a virtio device: on PCI where there is a PCI bus (q35, pc), else in microvm's MMIO window.
use crate::machine::port::{read32, write32};
use alloc::{
    alloc::{alloc_zeroed, dealloc},
    vec::Vec,
};
use core::{
    alloc::Layout,
    ptr::{self, NonNull},
};
use virtio_drivers::{
    BufferDirection, Hal, PAGE_SIZE, PhysAddr,
    transport::{
        DeviceType, SomeTransport, Transport,
        mmio::MmioTransport,
        pci::{
            PciTransport,
            bus::{Command, ConfigurationAccess, DeviceFunction, PciRoot},
            virtio_device_type,
        },
    },
};

/// microvm has 24 slots of this size from this address (8 of them without a second IOAPIC).
const MMIO_BASE: usize = 0xfeb0_0000;
const MMIO_SIZE: usize = 0x200;
const MMIO_SLOTS: usize = 24;
/// Virtio 1.2 section 4.2.2.
const DEVICE_ID: usize = 8;

pub fn find(kind: DeviceType) -> Option<SomeTransport<'static>> {
    let host_bridge = DeviceFunction {
        bus: 0,
        device: 0,
        function: 0,
    };
    if PciPorts.read_word(host_bridge, 0) == u32::MAX {
        (0..MMIO_SLOTS).find_map(|slot| mmio(slot, kind))
    } else {
        pci(kind)
    }
}

fn mmio(slot: usize, kind: DeviceType) -> Option<SomeTransport<'static>> {
    let base = MMIO_BASE + slot * MMIO_SIZE;
    // SAFETY: identity-mapped device memory; reading the device's kind changes nothing. Looked at before there is a transport,
    // because a transport that is dropped resets its device, which may be in use already.
    if unsafe { ptr::read_volatile((base + DEVICE_ID) as *const u32) } != kind as u32 {
        return None;
    }
    let registers = NonNull::new(base as *mut _)?;
    // SAFETY: identity-mapped device memory, used by nobody else; an empty slot reads as no device.
    let found = unsafe { MmioTransport::new(registers, MMIO_SIZE) }.ok()?;
    (found.device_type() == kind).then(|| found.into())
}

fn pci(kind: DeviceType) -> Option<SomeTransport<'static>> {
    let mut root = PciRoot::new(PciPorts);
    let devices: Vec<_> = root.enumerate_bus(0).collect();
    let (address, _) = devices
        .into_iter()
        .find(|(_, info)| virtio_device_type(info) == Some(kind))?;
    root.set_command(address, Command::MEMORY_SPACE | Command::BUS_MASTER);
    PciTransport::new::<Identity, _>(&mut root, address)
        .ok()
        .map(Into::into)
}

/// PCI configuration through the ports 0xcf8 and 0xcfc.
struct PciPorts;

impl PciPorts {
    fn select(at: DeviceFunction, register: u8) {
        let [bus, device, function] = [at.bus, at.device, at.function].map(u32::from);
        let address = 1 << 31 | bus << 16 | device << 11 | function << 8 | u32::from(register);
        // SAFETY: selects a configuration register, nothing more.
        unsafe { write32(0xcf8, address) }
    }
}

impl ConfigurationAccess for PciPorts {
    fn read_word(&self, at: DeviceFunction, register: u8) -> u32 {
        Self::select(at, register);
        // SAFETY: configuration space; the bus driver knows what it reads.
        unsafe { read32(0xcfc) }
    }

    fn write_word(&mut self, at: DeviceFunction, register: u8, value: u32) {
        Self::select(at, register);
        // SAFETY: configuration space; the bus driver knows what it writes.
        unsafe { write32(0xcfc, value) }
    }

    unsafe fn unsafe_clone(&self) -> Self {
        PciPorts
    }
}

/// Virtual addresses are physical ones here.
pub struct Identity;

fn pages(count: usize) -> Layout {
    Layout::from_size_align(count * PAGE_SIZE, PAGE_SIZE).expect("a sane queue size")
}

// SAFETY: memory is identity mapped and coherent; blocks come zeroed and page aligned from the allocator.
unsafe impl Hal for Identity {
    fn dma_alloc(count: usize, _: BufferDirection) -> (PhysAddr, NonNull<u8>) {
        // SAFETY: queues have at least one page.
        let block = unsafe { alloc_zeroed(pages(count)) };
        (
            block as PhysAddr,
            NonNull::new(block).expect("memory for a queue"),
        )
    }

    unsafe fn dma_dealloc(_: PhysAddr, block: NonNull<u8>, count: usize) -> i32 {
        // SAFETY: the caller gives back what dma_alloc gave.
        unsafe { dealloc(block.as_ptr(), pages(count)) }
        0
    }

    unsafe fn mmio_phys_to_virt(address: PhysAddr, size: usize) -> NonNull<u8> {
        assert!(
            address + (size as PhysAddr) < 1 << 32,
            "a device above 4 GiB"
        );
        NonNull::new(address as *mut u8).expect("a device is not at 0")
    }

    unsafe fn share(buffer: NonNull<[u8]>, _: BufferDirection) -> PhysAddr {
        buffer.cast::<u8>().as_ptr() as PhysAddr
    }

    unsafe fn unshare(_: PhysAddr, _: NonNull<[u8]>, _: BufferDirection) {}
}
