package dev.slipway.cli.door;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A listener at a shared port to which the system gives a connection only while no other listens there, from one moment to
 * the next. Linux lets a filter choose among the listeners of a port, by their places in the order in which they began to
 * listen; if it names a place that nobody has, any of them is taken; when one ends the last one moves to its place
 * (socket(7), {@code SO_ATTACH_REUSEPORT_CBPF}). So the filter names the second place while this listener has the first, and
 * the first while it has another: alone it has the first, and is the only one to be taken.
 *
 * <p>The places are counted here, not seen: whoever is given a connection while another listens {@link #stepBack}s.
 */
final class LastInLine {
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    /** Others number the system's options otherwise. */
    private static final Set<String> MACHINES = Set.of("amd64", "aarch64");

    private final ServerSocketChannel channel;
    private final ListenerTable.Own own;
    private int chosen;

    private LastInLine(ServerSocketChannel channel, ListenerTable.Own own) {
        this.channel = channel;
        this.own = own;
    }

    /** Whether this system can choose. */
    static boolean isPossible() {
        return System.getProperty("os.name").equals("Linux")
                && MACHINES.contains(System.getProperty("os.arch"))
                && Files.isReadable(Path.of("/proc/net/tcp"));
    }

    /** @throws IOException if another program has the port for itself, or the system does not let this one choose */
    static LastInLine open(InetSocketAddress address, int queue) throws IOException {
        ReusePort.load();
        List<Long> before = ListenerTable.ownSockets();
        ServerSocketChannel channel = shared(address, queue);
        try {
            LastInLine opened = new LastInLine(channel, ListenerTable.own(address.getPort(), before));
            opened.choose(opened.others().isEmpty() ? SECOND : FIRST);
            return opened;
        } catch (IOException | RuntimeException | Error cannot) {
            channel.close();
            throw cannot;
        }
    }

    /** A listener at a port that others share. */
    static ServerSocketChannel shared(InetSocketAddress address, int queue) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            return channel.bind(address, queue);
        } catch (IOException | RuntimeException cannot) {
            channel.close();
            throw cannot;
        }
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /**
     * Who else listens where this one does.
     *
     * @throws IOException if somebody does so in another way (IPv4 beside IPv6), among whom the system does not choose
     */
    Set<Long> others() throws IOException {
        return ListenerTable.othersBeside(own);
    }

    /** Whether it has the first place, as far as is known, so that whoever comes next has the second. */
    private boolean isFirst() {
        return chosen == SECOND;
    }

    /** Nobody else listens: it has the first place now, whichever it had. */
    void isAlone() throws IOException {
        if (!isFirst()) {
            choose(SECOND);
        }
    }

    /** It was given a connection although another listens: it has the place that was chosen. */
    void stepBack() throws IOException {
        choose(isFirst() ? FIRST : SECOND);
    }

    private void choose(int place) throws IOException {
        ReusePort.choose(own.descriptor(), place);
        chosen = place;
    }
}
