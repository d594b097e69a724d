package dev.slipway.platform;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the command line of {@link PlatformMain}. Every option but {@code --topic} stands once;
 * {@code --bind} and {@code --advertise} may be absent. */
final class PlatformArguments {
    static final String USAGE = "usage: --home DIR --kafka-port N --controller-port N --mongo-port N --smtp-port N"
            + " --slack-port N [--bind ADDRESS] [--advertise HOST] [--topic NAME:PARTITIONS[:compact]]..."
            + " (port 0 takes a free one; without --bind everything listens on 127.0.0.1 only)";
    private static final String HOME = "--home";
    private static final String TOPIC = "--topic";
    private static final String BIND = "--bind";
    private static final String ADVERTISE = "--advertise";
    private static final List<String> ONCE = List.of(HOME, BIND, ADVERTISE);
    private static final List<String> PORTS =
            List.of("--kafka-port", "--controller-port", "--mongo-port", "--smtp-port", "--slack-port");

    private final Map<String, String> values = new HashMap<>();
    private final List<TopicSpec> topics = new ArrayList<>();

    private PlatformArguments() {}

    /** @throws IllegalArgumentException with a message that says what is wrong */
    static PlatformSettings parse(List<String> arguments) {
        PlatformArguments read = new PlatformArguments();
        for (int i = 0; i < arguments.size(); i += 2) {
            String option = arguments.get(i);
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            read.take(option, arguments.get(i + 1));
        }
        return read.settings();
    }

    private void take(String option, String value) {
        if (option.equals(TOPIC)) {
            topics.add(TopicSpec.parse(value));
            return;
        }
        if (!ONCE.contains(option) && !PORTS.contains(option)) {
            throw new IllegalArgumentException("unknown option " + option);
        }
        if (values.put(option, value) != null) {
            throw new IllegalArgumentException(option + " is given twice");
        }
    }

    private PlatformSettings settings() {
        List<Integer> ports = PORTS.stream().map(this::port).toList();
        return new PlatformSettings(
                home(), ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4), topics, listening());
    }

    private Listening listening() {
        String bind = values.getOrDefault(BIND, Listening.LOOPBACK.bind());
        return new Listening(bind, values.getOrDefault(ADVERTISE, Listening.LOOPBACK.advertised()));
    }

    private Path home() {
        try {
            return Path.of(value(HOME)).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(HOME + " is not a path", e);
        }
    }

    private int port(String option) {
        try {
            return Integer.parseInt(value(option));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " must be a number", e);
        }
    }

    private String value(String option) {
        String value = values.get(option);
        if (value == null) {
            throw new IllegalArgumentException(option + " is missing");
        }
        return value;
    }
}
