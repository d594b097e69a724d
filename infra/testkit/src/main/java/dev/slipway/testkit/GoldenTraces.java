package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.MessagingJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Golden traces, one scenario a file in {@code src/test/resources/traces}:
 *
 * <pre>
 * # What happens, in a sentence.
 * id checkout@2.4.0
 * at 2026-01-05T10:00:00Z
 * &gt; Proposed {"version": "2.4.0"}
 *   Validating: checks and gates run
 *   send slipway.validation.commands checkout@2.4.0 dev.slipway.assess.v1 {...}
 *   timer validate 2026-01-05T10:30:00Z
 * &gt; +5m TimedOut {"timer": "validate"}
 *   Rejected: too late
 * = {the last state as JSON}
 * </pre>
 *
 * Lines that start with {@code #}, {@code id}, {@code at} and {@code >} are written by people: an input is the simple
 * name of its type with its JSON, after an optional time since the input before it. The rest is expected and is
 * written anew only with {@code -Dslipway.traces.rewrite=true}.
 */
public final class GoldenTraces<S, I> {
    private static final boolean REWRITE = Boolean.getBoolean("slipway.traces.rewrite");
    private static final JsonMapper JSON = MessagingJson.mapper()
            .rebuild()
            .disable(MapperFeature.REQUIRE_TYPE_ID_FOR_SUBTYPES)
            .build();

    private final Core<S, I> core;
    private final Class<S> stateType;
    private final List<Class<? extends I>> inputs;
    private final Path folder;
    private final List<String> leftOut;

    private GoldenTraces(
            Core<S, I> core, Class<S> stateType, List<Class<? extends I>> inputs, Path folder, List<String> leftOut) {
        this.core = core;
        this.stateType = stateType;
        this.inputs = inputs;
        this.folder = folder;
        this.leftOut = leftOut;
    }

    public static <S, I> GoldenTraces<S, I> of(Core<S, I> core, Class<S> stateType, Class<I> inputType) {
        return new GoldenTraces<>(core, stateType, records(inputType), Path.of("src/test/resources/traces"), List.of());
    }

    /** For a service with several aggregates: the folder below {@code traces} that holds the traces of this one. */
    public GoldenTraces<S, I> in(String subfolder) {
        return in(folder.resolve(subfolder));
    }

    GoldenTraces<S, I> in(Path otherFolder) {
        return new GoldenTraces<>(core, stateType, inputs, otherFolder, leftOut);
    }

    /** Without these fields of the last state, which are held by a test of their own: their words change without the story. */
    public GoldenTraces<S, I> leavingOut(String... fields) {
        return new GoldenTraces<>(core, stateType, inputs, folder, List.of(fields));
    }

    /** One test per file; for a method with {@code @TestFactory}. */
    public Stream<DynamicTest> tests() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> traces = files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
            assertThat(traces).as("traces in %s", folder).isNotEmpty();
            return traces.stream().map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private void check(Path file) throws IOException {
        List<String> written = Files.readAllLines(file);
        List<String> actual = run(written);
        if (REWRITE) {
            Files.write(file, actual);
            return;
        }
        assertThat(written)
                .as("%s has no expectation; write it with -Dslipway.traces.rewrite=true and read what it says", file)
                .anyMatch(line -> line.startsWith("="));
        assertThat(String.join("\n", written).strip())
                .isEqualTo(String.join("\n", actual).strip());
    }

    /** The trace as it should read: what people wrote, with what follows from it. */
    List<String> run(List<String> lines) {
        List<String> trace = new ArrayList<>();
        Instant now = Instant.parse("2026-01-05T10:00:00Z");
        S state = core.initial(lines.stream()
                .filter(line -> line.startsWith("id "))
                .map(line -> line.substring(3).strip())
                .findFirst()
                .orElse("trace"));
        boolean any = false;
        for (String line : lines) {
            if (line.isBlank() || line.startsWith(" ") || line.startsWith("=")) {
                continue; // expectation
            }
            trace.add(line);
            if (line.startsWith("id ")) {
                state = core.initial(line.substring(3).strip());
            } else if (line.startsWith("at ")) {
                now = Instant.parse(line.substring(3).strip());
            } else if (line.startsWith("> ")) {
                String input = line.substring(2).strip();
                if (input.startsWith("+")) {
                    String[] parts = input.split("\\s+", 2);
                    now = now.plus(Duration.parse("PT" + parts[0].substring(1)));
                    input = parts[1];
                }
                Decision<S> decision = core.decide(state, input(input), now);
                S before = state;
                state = decision.state();
                describe(trace, before.equals(state), state, decision);
                any = true;
            } else if (!line.startsWith("#")) {
                throw new IllegalArgumentException("Neither #, id, at nor > at the start of: " + line);
            }
        }
        assertThat(any).as("the trace has an input").isTrue();
        trace.add("= " + last(state));
        return trace;
    }

    private String last(S state) {
        String whole = JSON.writerFor(stateType).writeValueAsString(state);
        if (leftOut.isEmpty()) {
            return whole;
        }
        ObjectNode some = (ObjectNode) JSON.readTree(whole);
        some.remove(leftOut);
        return JSON.writeValueAsString(some);
    }

    private void describe(List<String> trace, boolean same, S state, Decision<S> decision) {
        String reason = decision.reason() == null ? "" : ": " + decision.reason();
        trace.add("  " + (same ? "unchanged " : "") + state.getClass().getSimpleName() + reason);
        if (decision.refusal() != null) {
            trace.add("  refused " + decision.refusal().code() + ": "
                    + decision.refusal().detail());
        }
        decision.effects().forEach(effect -> trace.add("  " + describe(effect)));
    }

    private static String describe(Effect effect) {
        return switch (effect) {
            case Effect.Send(var sent) ->
                "send " + sent.topic() + " " + sent.key() + " " + sent.type() + " "
                        + JSON.writeValueAsString(sent.body());
            case Effect.StartTimer(String name, Instant due) -> "timer " + name + " " + due;
            case Effect.StopTimer(String name) -> "stop timer " + name;
            case Effect.StartTask(String id, String kind, Object body) ->
                "task " + id + " " + kind + " " + JSON.writeValueAsString(body);
            case Effect.DropTask(String id) -> "drop task " + id;
        };
    }

    private I input(String text) {
        String[] parts = text.split("\\s+", 2);
        Class<? extends I> type = inputs.stream()
                .filter(each -> each.getSimpleName().equals(parts[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No input is called " + parts[0]));
        return JSON.readValue(parts.length == 1 ? "{}" : parts[1], type);
    }

    private static <I> List<Class<? extends I>> records(Class<? extends I> type) {
        if (!type.isSealed()) {
            return List.of(type);
        }
        return Arrays.stream(type.getPermittedSubclasses())
                .<Class<? extends I>>map(each -> each.asSubclass(type))
                .flatMap(each -> GoldenTraces.<I>records(each).stream())
                .toList();
    }
}
