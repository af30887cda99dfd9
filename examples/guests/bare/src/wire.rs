//! A client and a server's sockets on one wire, for tests.
use crate::{
    answer::{Answer, Site, Then},
    request::Request,
};
use alloc::{vec, vec::Vec};
use smoltcp::{
    iface::{Config, Interface, SocketHandle, SocketSet},
    phy::{Device, Loopback, Medium, RxToken, TxToken},
    socket::tcp::{Socket, SocketBuffer},
    time::Instant,
    wire::{EthernetAddress, IpAddress, IpCidr},
};

const ADDRESS: IpAddress = IpAddress::v4(127, 0, 0, 1);
pub const PORT: u16 = 80;
pub const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n";

pub struct Greeting;

impl Site for Greeting {
    fn answer(&mut self, _: &Request, _: Instant) -> Answer {
        Answer::ok("good day", Then::Nothing)
    }
}

pub struct Wire {
    pub sockets: SocketSet<'static>,
    device: Loopback,
    interface: Interface,
}

impl Wire {
    pub fn new() -> Self {
        let mut device = Loopback::new(Medium::Ethernet);
        let config = Config::new(EthernetAddress([2, 0, 0, 0, 0, 1]).into());
        let mut interface = Interface::new(config, &mut device, Instant::ZERO);
        interface.update_ip_addrs(|all| all.push(IpCidr::new(ADDRESS, 8)).unwrap());
        Wire {
            sockets: SocketSet::new(Vec::new()),
            device,
            interface,
        }
    }

    /// Takes in what is on the wire, and puts on it what that brings forth.
    pub fn poll(&mut self, now: Instant) {
        self.interface
            .poll(now, &mut self.device, &mut self.sockets);
    }

    /// A client that has started to connect.
    pub fn client(&mut self, port: u16) -> SocketHandle {
        let [receive, send] = [(); 2].map(|()| SocketBuffer::new(vec![0; 2048]));
        let mut socket = Socket::new(receive, send);
        let context = self.interface.context();
        socket.connect(context, (ADDRESS, PORT), port).unwrap();
        self.sockets.add(socket)
    }

    pub fn socket(&mut self, handle: SocketHandle) -> &mut Socket<'static> {
        self.sockets.get_mut(handle)
    }

    /// Takes the one frame that is on the wire off it.
    pub fn take(&mut self, now: Instant) -> Vec<u8> {
        let (frame, _) = self.device.receive(now).expect("a frame");
        frame.consume(<[u8]>::to_vec)
    }

    pub fn put(&mut self, frame: &[u8], now: Instant) {
        let wire = self.device.transmit(now).expect("room");
        wire.consume(frame.len(), |bytes| bytes.copy_from_slice(frame));
    }
}
