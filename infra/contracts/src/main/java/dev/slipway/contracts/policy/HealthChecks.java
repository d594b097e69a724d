package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import dev.slipway.contracts.Texts;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a version is asked whether it is well, for as long as it runs. Paths may hold {@link Placeholders}, and in a path's
 * place may stand an address of {@link GrpcHealth}.
 *
 * @param ready answers 200 when the version can take traffic
 * @param live answers 200 as long as the program need not be started anew, or null where nothing says so
 * @param started answers 200 once the program has started, or null where {@code ready} says so
 * @param port a named port that is asked, or null for the one that takes traffic
 * @param every pause between two looks, 100 ms to 10 min; absent is 5 s
 * @param within longest wait for an answer, 100 ms to 1 min; absent is 2 s
 * @param up so many good answers in a row until it is ready, 1 to 100; absent is 1
 * @param down so many bad ones in a row until it is not, 1 to 100; absent is 3
 */
public record HealthChecks(
        String ready,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String live,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String started,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String port,

        @JsonSetter Duration every,
        @JsonSetter Duration within,
        @JsonSetter Integer up,
        @JsonSetter Integer down) {
    public static final Duration EVERY = Duration.ofSeconds(5);
    public static final Duration WITHIN = Duration.ofSeconds(2);
    public static final int UP = 1;
    public static final int DOWN = 3;
    private static final int PATH_CHARACTERS_MAX = 500;
    private static final int ROW_MAX = 100;
    private static final Duration LEAST = Duration.ofMillis(100);

    public HealthChecks {
        requirePathOrGrpc("target.health", ready);
        requirePathOrNone("target.health.live", live);
        requirePathOrNone("target.health.started", started);
        every = Objects.requireNonNullElse(every, EVERY);
        within = Objects.requireNonNullElse(within, WITHIN);
        up = Objects.requireNonNullElse(up, UP);
        down = Objects.requireNonNullElse(down, DOWN);
        Ranges.require("target.health.every", every, LEAST, Duration.ofMinutes(10));
        Ranges.require("target.health.within", within, LEAST, Duration.ofMinutes(1));
        Ranges.require("target.health.up", up, 1, ROW_MAX);
        Ranges.require("target.health.down", down, 1, ROW_MAX);
    }

    /** One address, asked on the traffic port as often as by default. */
    public static HealthChecks of(String ready) {
        return new HealthChecks(ready, null, null, null, EVERY, WITHIN, UP, DOWN);
    }

    private static void requirePathOrNone(String what, @Nullable String path) {
        if (path != null) {
            requirePathOrGrpc(what, path);
        }
    }

    static void requirePathOrGrpc(String what, String asked) {
        Texts.requireLength(what, asked, 1, PATH_CHARACTERS_MAX);
        if (!GrpcHealth.isPathOrMeant(asked)) {
            throw new IllegalArgumentException(
                    what + " must start with /, or be grpc:// or grpc://SERVICE, is " + Texts.shown(asked));
        }
    }

    static void requirePath(String what, String path) {
        Texts.requireLength(what, path, 1, PATH_CHARACTERS_MAX);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(what + " must start with /, is " + Texts.shown(path));
        }
    }
}
