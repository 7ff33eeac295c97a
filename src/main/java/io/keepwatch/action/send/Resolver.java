package io.keepwatch.action.send;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. May block. */
interface Resolver {
    List<InetAddress> addresses(String host) throws UnknownHostException;

    static List<InetAddress> system(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }
}
