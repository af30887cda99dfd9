//! The virtio network device as smoltcp wants it.
use super::device::{self, Identity};
use core::cell::RefCell;
use smoltcp::{
    phy::{self, DeviceCapabilities, Medium},
    time::Instant,
    wire::EthernetAddress,
};
use virtio_drivers::{
    device::net::{RxBuffer, VirtIONet},
    transport::{DeviceType, SomeTransport, Transport},
};

const QUEUE: usize = 32;
const BUFFER: usize = 2048;
const ETHERNET_HEADER: usize = 14;
/// What fits into a buffer beside the headers, and what IPv4 asks for at least.
const LARGEST_MTU: usize = 2000;
const LEAST_MTU: usize = 576;
/// Feature bit and place in the configuration space, virtio 1.2 section 5.1.
const FEATURE_MTU: u64 = 1 << 3;
const CONFIG_MTU: usize = 10;

type Driver = VirtIONet<Identity, SomeTransport<'static>, QUEUE>;

pub struct Nic {
    driver: RefCell<Driver>,
    mtu: usize,
}

impl Nic {
    pub fn find() -> Option<Self> {
        let mut transport = device::find(DeviceType::Network)?;
        let mtu = match transport.read_device_features() & FEATURE_MTU {
            0 => None,
            _ => transport.read_config_space::<u16>(CONFIG_MTU).ok(),
        };
        let driver = RefCell::new(Driver::new(transport, BUFFER).expect("virtio-net starts"));
        let mut nic = Nic { driver, mtu: 0 };
        nic.set_mtu(mtu.map_or(1500, usize::from));
        Some(nic)
    }

    pub fn mac(&self) -> EthernetAddress {
        EthernetAddress(self.driver.borrow().mac_address())
    }

    pub fn set_mtu(&mut self, mtu: usize) {
        self.mtu = mtu.clamp(LEAST_MTU, LARGEST_MTU);
    }

    /// Lets the device interrupt again; true if frames wait already.
    pub fn acknowledge(&self) -> bool {
        let mut driver = self.driver.borrow_mut();
        driver.ack_interrupt();
        driver.can_recv()
    }
}

impl phy::Device for Nic {
    type RxToken<'a> = Received<'a>;
    type TxToken<'a> = Sender<'a>;

    fn receive(&mut self, _: Instant) -> Option<(Received<'_>, Sender<'_>)> {
        let frame = self.driver.borrow_mut().receive().ok()?;
        Some((
            Received {
                frame,
                driver: &self.driver,
            },
            Sender(&self.driver),
        ))
    }

    fn transmit(&mut self, _: Instant) -> Option<Sender<'_>> {
        Some(Sender(&self.driver))
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ethernet;
        capabilities.max_transmission_unit = self.mtu + ETHERNET_HEADER;
        capabilities
    }
}

pub struct Received<'a> {
    frame: RxBuffer,
    driver: &'a RefCell<Driver>,
}

impl phy::RxToken for Received<'_> {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, read: F) -> R {
        let result = read(self.frame.packet());
        let mut driver = self.driver.borrow_mut();
        driver
            .recycle_rx_buffer(self.frame)
            .expect("a buffer goes back to its queue");
        result
    }
}

pub struct Sender<'a>(&'a RefCell<Driver>);

impl phy::TxToken for Sender<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, length: usize, write: F) -> R {
        let mut driver = self.0.borrow_mut();
        let mut frame = driver.new_tx_buffer(length);
        let result = write(frame.packet_mut());
        // Returns when the device has taken the frame. A frame that it refuses is lost, as on any wire.
        let _ = driver.send(frame);
        result
    }
}
