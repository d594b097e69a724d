package dev.slipway.cli.door;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who listens on this machine, as Linux says it: {@code /proc/net/tcp} and {@code tcp6} of proc(5), listeners first. */
final class ListenerTable {
    private static final Path IPV4 = Path.of("/proc/net/tcp");
    private static final Path IPV6 = Path.of("/proc/net/tcp6");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final String SOCKET = "socket:[";
    private static final String LISTENS = "0A";

    /** Eight digits, a colon, four digits. */
    private static final int IPV4_AND_PORT = 13;

    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private ListenerTable() {}

    /**
     * A listener of this process.
     *
     * @param descriptor its number in this process
     */
    record Own(int descriptor, Listener listener, int port) {}

    /**
     * A line of a table.
     *
     * @param table of its family
     * @param address and port, as the table writes them
     */
    record Listener(Path table, String address, long inode) {
        /** Among such the system chooses one. */
        boolean isBeside(Listener other) {
            return table.equals(other.table) && address.equals(other.address);
        }

        /** The same IPv4 address, of which one listener thinks as IPv6. */
        boolean isSameInAnotherWay(Listener other) {
            return !table.equals(other.table) && ipv4().equals(other.ipv4());
        }

        private String ipv4() {
            return address.substring(address.length() - IPV4_AND_PORT);
        }
    }

    /** Inodes of the sockets that this process has open. */
    static List<Long> ownSockets() throws IOException {
        return descriptors().stream().map(Descriptor::inode).toList();
    }

    /**
     * This process's listener at a port.
     *
     * @param before sockets that are not it
     */
    static Own own(int port, List<Long> before) throws IOException {
        List<Listener> listeners = at(port);
        for (Descriptor descriptor : descriptors()) {
            for (Listener listener : listeners) {
                if (listener.inode() == descriptor.inode() && !before.contains(descriptor.inode())) {
                    return new Own(descriptor.number(), listener, port);
                }
            }
        }
        throw new IOException("the system does not say who listens on port %d".formatted(port));
    }

    /** Inodes of those among whom and this one the system chooses. */
    static Set<Long> othersBeside(Own own) throws IOException {
        Set<Long> others = new HashSet<>();
        for (Listener listener : at(own.port())) {
            if (listener.isSameInAnotherWay(own.listener())) {
                throw new IOException("it is listened on by IPv4 and by IPv6");
            }
            if (listener.isBeside(own.listener())
                    && listener.inode() != own.listener().inode()) {
                others.add(listener.inode());
            }
        }
        return others;
    }

    static List<Listener> at(int port) throws IOException {
        List<Listener> found = new ArrayList<>();
        String end = ":%04X".formatted(port);
        for (Path table : List.of(IPV4, IPV6)) {
            if (Files.exists(table)) { // a system without IPv6 has no such table
                read(table, end, found);
            }
        }
        return found;
    }

    private static void read(Path table, String end, List<Listener> found) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(table)) {
            lines.readLine(); // its heading
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.strip().split("\\s+");
                if (!fields[STATE].equals(LISTENS)) {
                    return;
                }
                if (fields[ADDRESS].endsWith(end)) {
                    found.add(new Listener(table, fields[ADDRESS], Long.parseLong(fields[INODE])));
                }
            }
        }
    }

    private record Descriptor(int number, long inode) {}

    private static List<Descriptor> descriptors() throws IOException {
        List<Descriptor> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : all) {
                String target = target(descriptor);
                if (target.startsWith(SOCKET)) {
                    found.add(new Descriptor(
                            Integer.parseInt(descriptor.getFileName().toString()),
                            Long.parseLong(target.substring(SOCKET.length(), target.length() - 1))));
                }
            }
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        return found;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "";
        }
    }
}
