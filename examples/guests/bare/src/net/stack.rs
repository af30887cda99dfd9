//! TCP/IP: the address, from the command line or DHCP, and the sockets.
use super::nic::Nic;
use crate::{
    console,
    machine::{clock::Clock, serial::name},
    settings::Settings,
};
use alloc::{boxed::Box, vec, vec::Vec};
use smoltcp::{
    iface::{Config, Interface, SocketHandle, SocketSet},
    phy::{Device, TxToken},
    socket::dhcpv4,
    time::{Duration, Instant},
    wire::{
        ArpOperation, ArpPacket, ArpRepr, EthernetAddress, EthernetFrame, EthernetProtocol,
        Ipv4Address, Ipv4Cidr,
    },
};
#[cfg(feature = "client")]
use smoltcp::{
    socket::{dns, tcp},
    wire::{DnsQueryType, IpAddress},
};

/// DHCP options: mask, router, DNS, MTU.
const WANTED: &[u8] = &[1, 3, 6, MTU_OPTION];
const MTU_OPTION: u8 = 26;

#[derive(Clone, Copy)]
struct Lease {
    address: Ipv4Cidr,
    gateway: Option<Ipv4Address>,
    mtu: Option<usize>,
    dns: Option<Ipv4Address>,
}

pub struct Stack {
    pub sockets: SocketSet<'static>,
    pub address: Option<Ipv4Cidr>,
    /// From the command line, else DHCP.
    pub dns: Option<Ipv4Address>,
    nic: Nic,
    interface: Interface,
    dhcp: Option<SocketHandle>,
    /// From the command line: wins over everyone else's.
    mtu: Option<usize>,
}

impl Stack {
    /// None: there is no network device.
    pub fn start(settings: &Settings, clock: Clock) -> Option<Self> {
        let mut nic = Nic::find()?;
        let interface = interface(&mut nic, clock.now());
        let sockets = SocketSet::new(Vec::new());
        let (address, dhcp, mtu) = (None, None, settings.mtu);
        let mut stack = Stack {
            sockets,
            address,
            dns: settings.dns,
            nic,
            interface,
            dhcp,
            mtu,
        };
        match settings.address {
            Some(address) => {
                let (gateway, mtu) = (settings.gateway, None);
                stack.configure(
                    Some(Lease {
                        address,
                        gateway,
                        mtu,
                        dns: settings.dns,
                    }),
                    clock.now(),
                );
            }
            None => stack.dhcp = Some(stack.sockets.add(dhcp_socket())),
        }
        Some(stack)
    }

    /// Moves frames, and takes what DHCP brings.
    pub fn poll(&mut self, now: Instant) {
        self.interface.poll(now, &mut self.nic, &mut self.sockets);
        let Some(handle) = self.dhcp else { return };
        let lease = match self.sockets.get_mut::<dhcpv4::Socket>(handle).poll() {
            None => return,
            Some(dhcpv4::Event::Deconfigured) => None,
            Some(dhcpv4::Event::Configured(config)) => Some(Lease {
                address: config.address,
                gateway: config.router,
                dns: config.dns_servers.first().copied(),
                mtu: config.packet.and_then(|packet| {
                    let option = packet.options().find(|o| o.kind == MTU_OPTION)?;
                    Some(usize::from(u16::from_be_bytes(
                        option.data.try_into().ok()?,
                    )))
                }),
            }),
        };
        self.configure(lease, now);
    }

    /// How long nothing needs to be done unless a frame comes in; None: frames wait already.
    pub fn rest(&mut self, now: Instant) -> Option<Duration> {
        if self.nic.acknowledge() {
            return None;
        }
        let delay = self.interface.poll_delay(now, &self.sockets);
        Some(delay.unwrap_or(Duration::MAX))
    }

    #[cfg(feature = "client")]
    pub fn connect(
        &mut self,
        handle: SocketHandle,
        peer: (IpAddress, u16),
        port: u16,
    ) -> Result<(), tcp::ConnectError> {
        let socket = self.sockets.get_mut::<tcp::Socket>(handle);
        socket.connect(self.interface.context(), peer, port)
    }

    #[cfg(feature = "client")]
    pub fn query(
        &mut self,
        handle: SocketHandle,
        name: &str,
        kind: DnsQueryType,
    ) -> Result<dns::QueryHandle, dns::StartQueryError> {
        let socket = self.sockets.get_mut::<dns::Socket>(handle);
        socket.start_query(self.interface.context(), name, kind)
    }

    fn configure(&mut self, lease: Option<Lease>, now: Instant) {
        let before = self.address;
        self.address = lease.map(|l| l.address);
        let Some(Lease {
            address,
            gateway,
            mtu,
            dns,
        }) = lease
        else {
            // smoltcp's DHCP reports this once at the start, too.
            if let Some(address) = before {
                console!("{}: address {address} lost", name());
            }
            self.interface
                .update_ip_addrs(|addresses| addresses.clear());
            return;
        };
        self.dns = self.dns.or(dns);
        if let Some(mtu) = self.mtu.or(mtu) {
            self.nic.set_mtu(mtu);
        }
        // smoltcp asks for the MTU only when an interface is made.
        self.interface = interface(&mut self.nic, now);
        self.interface.update_ip_addrs(|addresses| {
            let _ = addresses.push(address.into());
            if let Some(gateway) = gateway.filter(|g| !address.contains_addr(g)) {
                let _ = addresses.push(beside(gateway).into());
            }
        });
        if let Some(gateway) = gateway {
            let _ = self.interface.routes_mut().add_default_ipv4_route(gateway);
        }
        let mtu = self.nic.capabilities().ip_mtu();
        match gateway {
            Some(gateway) => console!("{}: address {address} gateway {gateway} mtu {mtu}", name()),
            None => console!("{}: address {address} mtu {mtu}", name()),
        }
        self.announce(address.address(), gateway);
    }

    /// Peers drop the hardware address of whoever had this address before, and the gateway's answer is there
    /// before the first packet needs it. smoltcp does neither.
    fn announce(&mut self, own: Ipv4Address, gateway: Option<Ipv4Address>) {
        let mac = self.nic.mac();
        for target in [Some(own), gateway].into_iter().flatten() {
            let request = ArpRepr::EthernetIpv4 {
                operation: ArpOperation::Request,
                source_hardware_addr: mac,
                source_protocol_addr: own,
                target_hardware_addr: EthernetAddress([0; 6]),
                target_protocol_addr: target,
            };
            let Some(sender) = self.nic.transmit(Instant::ZERO) else {
                return;
            };
            sender.consume(
                EthernetFrame::<&[u8]>::buffer_len(request.buffer_len()),
                |bytes| {
                    let mut frame = EthernetFrame::new_unchecked(bytes);
                    frame.set_dst_addr(EthernetAddress::BROADCAST);
                    frame.set_src_addr(mac);
                    frame.set_ethertype(EthernetProtocol::Arp);
                    request.emit(&mut ArpPacket::new_unchecked(frame.payload_mut()));
                },
            );
        }
    }
}

fn interface(nic: &mut Nic, now: Instant) -> Interface {
    let mac = nic.mac();
    let mut config = Config::new(mac.into());
    // Two guests differ by MAC, two boots by time.
    config.random_seed = mac.0.iter().fold(Clock::entropy(), |seed, &byte| {
        (seed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    Interface::new(config, nic, now)
}

fn dhcp_socket() -> dhcpv4::Socket<'static> {
    let mut socket = dhcpv4::Socket::new();
    socket.set_parameter_request_list(WANTED);
    socket.set_receive_packet_buffer(Box::leak(vec![0; 1500].into_boxed_slice()));
    // A server that is not ready yet costs a second, not ten.
    let mut retry = dhcpv4::RetryConfig::default();
    retry.discover_timeout = Duration::from_secs(1);
    retry.initial_request_timeout = Duration::from_secs(1);
    socket.set_retry_config(retry);
    socket
}

/// The other address of the gateway's /31. smoltcp believes an ARP answer only from a network that it has an
/// address in, and a gateway beside a /32 (Calico) is in none.
fn beside(gateway: Ipv4Address) -> Ipv4Cidr {
    Ipv4Cidr::new((u32::from(gateway) ^ 1).into(), 31)
}
