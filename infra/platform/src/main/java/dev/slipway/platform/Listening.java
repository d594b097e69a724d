package dev.slipway.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the platform listens and by which name clients reach it. On a machine both are the loopback address; in a container
 * it listens on all of the container's own addresses, and clients use the container's name or a mapped port.
 *
 * @param bind address to listen on
 * @param advertised host name that the broker tells its clients
 */
public record Listening(String bind, String advertised) {
    public static final Listening LOOPBACK = new Listening(Ports.HOST, Ports.HOST);

    public Listening {
        if (bind.isBlank() || advertised.isBlank()) {
            throw new IllegalArgumentException("the address to listen on and the advertised host must not be empty");
        }
    }

    InetAddress address() {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new PlatformException("cannot listen on " + bind, "give an address of this machine with --bind", e);
        }
    }
}
