package dev.slipway.deployment.target;

import dev.slipway.contracts.policy.NamedPort;
import dev.slipway.contracts.policy.Target;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Finds a program its ports: free ones, and those that it insists on if nobody has them. */
final class PortFinder {
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");
    private static final int CONNECT_MILLIS = 500;
    private static final int BACKLOG = 1;
    private static final int TOLD_MAX = 10;

    private PortFinder() {}

    /**
     * Below what systems give to outgoing connections, and apart from Slipway's own ports: else any connection of anybody may
     * take the port between the search and the start of a program that needs a while, or while it is started anew.
     */
    private static final int FIRST = 12_000;

    private static final int LAST = 20_999;
    private static final int TRIES_MAX = 1_000;

    /** What came of a search. */
    sealed interface Found {
        record Free(Ports ports) implements Found {}

        /** @param why in words for a person, with the remedy */
        record Taken(String why) implements Found {}
    }

    /**
     * Ports for a program that is not running. All are held while they are sought, so that no two are the same.
     *
     * @param before where it was: there again where that is free, so that whoever knows its address finds it
     * @param directory of the process records, which know who has a port that is taken
     */
    static Found find(Target target, Path directory, String key, Ports before) throws IOException {
        List<Closeable> held = new ArrayList<>();
        try {
            Optional<String> taken = takeFixed(target, directory, key, held);
            if (taken.isPresent()) {
                return new Found.Taken(taken.get());
            }
            int traffic = target.port() == null ? free(before.traffic(), held) : target.port();
            Map<String, Integer> named = new TreeMap<>();
            for (Map.Entry<String, NamedPort> port : target.ports().entrySet()) {
                Integer fixed = port.getValue().port();
                named.put(
                        port.getKey(),
                        fixed == null ? free(before.named().getOrDefault(port.getKey(), 0), held) : fixed);
            }
            return new Found.Free(new Ports(traffic, named));
        } finally {
            for (Closeable socket : held) {
                socket.close();
            }
        }
    }

    private static Optional<String> takeFixed(Target target, Path directory, String key, List<Closeable> held)
            throws IOException {
        Map<String, Integer> fixed = new TreeMap<>();
        if (target.port() != null) {
            fixed.put("target.port", target.port());
        }
        target.ports().forEach((name, port) -> {
            if (port.port() != null) {
                fixed.put("target.ports." + name, port.port());
            }
        });
        for (Map.Entry<String, Integer> port : fixed.entrySet()) {
            Optional<String> holder = holder(port.getValue(), directory, key);
            String trouble = holder.isPresent() ? null : keep(port.getValue(), held);
            if (holder.isPresent() || trouble != null) {
                return Optional.of(refusal(port, holder, trouble));
            }
        }
        return Optional.empty();
    }

    private static String refusal(Map.Entry<String, Integer> port, Optional<String> holder, @Nullable String trouble) {
        String who = holder.map(other -> "is taken by " + other + ", which runs on this machine")
                .orElseGet(() -> trouble != null && trouble.contains("Permission denied")
                        ? "may not be used by the user that programs run as"
                        : "is taken by another program of this machine");
        return "Port %d, on which the program insists (%s), %s. Nothing was started, and nothing was stopped. A program that insists on a port cannot run twice, and a rollout runs the new version beside the one before: leave the number out of the policy, so that a free port is found and told to the program in the variable that portEnv names (or by {port} in its command), or free the port"
                .formatted(port.getValue(), port.getKey(), who);
    }

    /** The key of whoever was given this port and still has it. */
    private static Optional<String> holder(int port, Path directory, String key) throws IOException {
        return KeyFolder.records(directory).stream()
                .filter(record -> !record.key().equals(key))
                .filter(record -> record.state() != ProcessRecord.State.STOPPED)
                .filter(record -> record.ports().all().contains(port))
                .filter(record -> ProcessTable.find(record.pid(), record.startedAt(), record.birth())
                        .isPresent())
                .map(ProcessRecord::key)
                .findFirst();
    }

    /**
     * What keeps a port from being taken, or null. Nobody listens there meanwhile: a gateway may still send requests to an
     * address that somebody had before, and they are to be refused, not taken and dropped.
     */
    static @Nullable String keep(int port, List<Closeable> held) throws IOException {
        Socket socket = new Socket();
        held.add(socket);
        try {
            socket.setReuseAddress(true); // what a closed connection leaves behind takes no port
            socket.bind(new InetSocketAddress(HOST, port));
            return null;
        } catch (IOException taken) {
            return String.valueOf(taken.getMessage());
        }
    }

    /** The same of a port whose address nobody knows: two who seek at once do not get the same, as only one can listen. */
    private static boolean bind(int port, List<Closeable> held) throws IOException {
        ServerSocket socket = new ServerSocket();
        held.add(socket);
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port), BACKLOG);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** A free port, the one of before if nobody has it. */
    static int free(int before, List<Closeable> held) throws IOException {
        if (before != 0 && keep(before, held) == null) {
            return before;
        }
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (bind(port, held)) {
                return port;
            }
        }
        throw new IOException("no free port from %d to %d".formatted(FIRST, LAST));
    }

    /** Whether somebody has a port of this machine. */
    static boolean taken(int port) {
        List<Closeable> held = new ArrayList<>();
        try {
            boolean taken = keep(port, held) != null;
            held.getFirst().close();
            return taken;
        } catch (IOException unknown) {
            return true;
        }
    }

    /** Whether somebody listens on a port of this machine. */
    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(HOST, port), CONNECT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Of many the first: whoever is told looks there, and the text is one that a message holds. */
    static String told(List<String> silent) {
        String first = String.join(", nor on its port ", silent.subList(0, Math.min(TOLD_MAX, silent.size())));
        return silent.size() <= TOLD_MAX ? first : "%s, nor on %d more".formatted(first, silent.size() - TOLD_MAX);
    }

    /** The ports on which nobody listens yet, in words. */
    static List<String> silent(Ports ports, Target target) {
        List<String> silent = new ArrayList<>();
        if (!listens(ports.traffic())) {
            silent.add("for traffic (%d, told in %s)".formatted(ports.traffic(), target.portEnv()));
        }
        new TreeMap<>(target.ports()).forEach((name, port) -> {
            int number = ports.number(name);
            if (!listens(number)) {
                String told = port.env() == null ? "" : ", told in " + port.env();
                silent.add("%s (%d%s)".formatted(name, number, told));
            }
        });
        return silent;
    }
}
