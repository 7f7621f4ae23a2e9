"""Captures that tests make: TCP connections in Ethernet and IP, as pcap or pcapng.

    capture = Capture()
    client = capture.connect(445)
    client.send(request)            # from the client
    client.answer(response)         # from the server
    path.write_bytes(capture.pcap())
"""

import struct
from ipaddress import ip_address

MSS = 1460
SYN, PSH, ACK, FIN = 0x02, 0x08, 0x10, 0x01
START = 1_700_000_000  # of the clock, in seconds


def checksum(octets):
    octets += b"\0" * (len(octets) % 2)
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total > 0xffff:
        total = (total & 0xffff) + (total >> 16)
    return total ^ 0xffff


class Connection:
    """Both directions of one TCP connection."""

    def __init__(self, capture, client, server):
        self.capture, self.ends, self.sequence = capture, (client, server), [1000, 5000]

    def segment(self, side, flags, octets=b""):
        """The IP packet of one segment; `side` 0 is the client."""
        (source, sport), (target, dport) = self.ends[side], self.ends[1 - side]
        header = struct.pack("!HHIIBBHHH", sport, dport, self.sequence[side],
                             self.sequence[1 - side] if flags & ACK else 0, 5 << 4, flags,
                             64000, 0, 0)
        source, target = ip_address(source).packed, ip_address(target).packed
        tcp = header + octets
        pseudo = source + target + (struct.pack("!BBH", 0, 6, len(tcp)) if len(source) == 4
                                    else struct.pack("!II", len(tcp), 6))
        tcp = tcp[:16] + struct.pack("!H", checksum(pseudo + tcp)) + tcp[18:]
        self.sequence[side] += len(octets) + (1 if flags & (SYN | FIN) else 0)
        if len(source) == 16:
            return struct.pack("!IHBB", 6 << 28, len(tcp), 6, 64) + source + target + tcp
        ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp), 1, 0, 64, 6, 0) + source + target
        return ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:] + tcp

    def open(self):
        self.capture.add(self.segment(0, SYN))
        self.capture.add(self.segment(1, SYN | ACK))
        self.capture.add(self.segment(0, ACK))

    def _send(self, side, octets, size):
        for at in range(0, len(octets), size):
            self.capture.add(self.segment(side, PSH | ACK, octets[at:at + size]))

    def send(self, octets, size=MSS):
        """From the client, at most `size` octets a segment."""
        self._send(0, octets, size)

    def answer(self, octets, size=MSS):
        self._send(1, octets, size)


class Capture:
    """The packets, in the order of their frame numbers."""

    def __init__(self):
        self.packets, self.ports = [], 49151

    def add(self, packet):
        ether_type = 0x86dd if packet[0] >> 4 == 6 else 0x0800
        self.packets.append(b"\x02\0\0\0\0\1\x02\0\0\0\0\2" + struct.pack("!H", ether_type)
                            + packet)

    def connect(self, port, client="10.0.0.1", server="10.0.0.2"):
        self.ports += 1
        connection = Connection(self, (client, self.ports), (server, port))
        connection.open()
        return connection

    def pcap(self, snaplen=65535):
        octets = struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, snaplen, 1)
        for number, packet in enumerate(self.packets):
            octets += struct.pack("<IIII", START + number, 0, len(packet[:snaplen]), len(packet))
            octets += packet[:snaplen]
        return octets

    def pcapng(self):
        octets = struct.pack("<IIIHHqI", 0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0, -1, 28)
        octets += struct.pack("<IIHHII", 1, 20, 1, 0, 65535, 20)
        for number, packet in enumerate(self.packets):
            padded = packet + b"\0" * (-len(packet) % 4)
            size, ticks = 32 + len(padded), (START + number) * 1_000_000
            octets += struct.pack("<IIIIIII", 6, size, 0, ticks >> 32, ticks & 0xffffffff,
                                  len(packet), len(packet)) + padded + struct.pack("<I", size)
        return octets
