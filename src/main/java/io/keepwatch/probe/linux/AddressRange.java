package io.keepwatch.probe.linux;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/** The addresses that begin with the same bits. */
final class AddressRange {
    private final byte[] address;
    private final int bits;

    private AddressRange(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /** One end of a rule of {@code ip -j rule}; empty where it stands for all addresses. */
    static Optional<AddressRange> of(JsonNode rule, String end) throws IOException {
        String text = rule.path(end).asText("all");
        if (text.equals("all")) {
            return Optional.empty();
        }
        // ip prints addresses only, so nothing is resolved here.
        byte[] address = InetAddress.getByName(text).getAddress();
        return Optional.of(new AddressRange(address, rule.path(end + "len").asInt(address.length * 8)));
    }

    boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        if (bytes.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((bytes[bit / 8] & mask) != (address[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
