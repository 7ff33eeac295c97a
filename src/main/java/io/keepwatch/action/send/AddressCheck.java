package io.keepwatch.action.send;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Tells addresses of this machine and of private networks from those of the internet. */
final class AddressCheck {
    /** 64:ff9b::/96 of NAT64; the IPv4 address is in the last four bytes. */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private AddressCheck() {}

    /** Whether this is no address that anybody on the internet has. */
    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean special = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        return special
                || (address instanceof Inet4Address && isPrivate4(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff))
                || (address instanceof Inet6Address && isPrivate6(bytes));
    }

    private static boolean isPrivate4(int first, int second, int third) {
        return first == 0
                || first >= 240
                || (first == 100 && second >= 64 && second <= 127)
                || (first == 192 && second == 0 && third == 0)
                || (first == 198 && (second == 18 || second == 19));
    }

    private static boolean isPrivate6(byte[] bytes) {
        boolean unique = (bytes[0] & 0xfe) == 0xfc;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        boolean nat64 = Arrays.equals(bytes, 0, 12, NAT64, 0, 12);
        boolean oldForm = Arrays.equals(bytes, 0, 12, new byte[12], 0, 12);
        return unique
                || teredo
                || oldForm
                || (sixToFour && isPrivate(address4(bytes, 2)))
                || (nat64 && isPrivate(address4(bytes, 12)));
    }

    private static InetAddress address4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
