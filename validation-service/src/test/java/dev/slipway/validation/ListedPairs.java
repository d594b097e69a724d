package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the list of (state, input) pairs in a core's class doc, between {@code <pre>} and {@code </pre>}, against the
 * code. Written anew with {@code -Dslipway.traces.rewrite=true}.
 */
public final class ListedPairs<S, I> {
    private static final boolean REWRITE = Boolean.getBoolean("slipway.traces.rewrite");
    private static final int WIDTH = 115;
    private static final String NOTHING = "nothing";
    private static final List<String> LAST = List.of("noted", NOTHING);

    private final Core<S, I> core;
    private final Path source;
    private final Map<String, S> states = new LinkedHashMap<>();
    private final Map<String, Tried<I>> inputs = new LinkedHashMap<>();

    private record Tried<I>(I input, Instant at) {}

    private ListedPairs(Core<S, I> core, Path source) {
        this.core = core;
        this.source = source;
    }

    public static <S, I> ListedPairs<S, I> of(Core<S, I> core) {
        String path = "src/main/java/" + core.getClass().getName().replace('.', '/') + ".java";
        return new ListedPairs<>(core, Path.of(path));
    }

    /** @param name in capitals, with words in lower case after a comma if the state has several faces */
    public ListedPairs<S, I> state(String name, S state) {
        states.put(name, state);
        return this;
    }

    /** @param name simple name of the input's type, with words after it if there are several */
    public ListedPairs<S, I> input(String name, I input, Instant at) {
        assertThat(name.split(" ", 2)[0]).isEqualTo(input.getClass().getSimpleName());
        inputs.put(name, new Tried<>(input, at));
        return this;
    }

    public void check(Class<S> stateType, Class<I> inputType) {
        assertThat(named(states.values().stream())).isEqualTo(leaves(stateType));
        assertThat(named(inputs.values().stream().map(Tried::input))).isEqualTo(leaves(inputType));
        try {
            compare(Files.readAllLines(source));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private void compare(List<String> lines) throws IOException {
        int from = lines.indexOf(" * <pre>");
        int to = lines.indexOf(" * </pre>");
        assertThat(from).as("%s has a list", source).isPositive().isLessThan(to);
        List<String> expected = lines().stream().map(line -> " * " + line).toList();
        if (REWRITE) {
            List<String> rewritten = new ArrayList<>(lines.subList(0, from + 1));
            rewritten.addAll(expected);
            rewritten.addAll(lines.subList(to, lines.size()));
            Files.write(source, rewritten);
            return;
        }
        assertThat(lines.subList(from + 1, to)).isEqualTo(expected);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        states.forEach((name, state) -> {
            Map<String, List<String>> byOutcome = new LinkedHashMap<>();
            inputs.forEach((input, tried) -> byOutcome
                    .computeIfAbsent(outcome(state, tried), _ -> new ArrayList<>())
                    .add(input));
            lines.add(name);
            byOutcome.entrySet().stream()
                    .sorted(Comparator.comparingInt(each -> LAST.indexOf(each.getKey())))
                    .forEach(each -> lines.addAll(wrapped(each.getKey(), each.getValue())));
        });
        return lines;
    }

    private String outcome(S before, Tried<I> tried) {
        Decision<S> decision = core.decide(before, tried.input(), tried.at());
        var refusal = decision.refusal();
        if (refusal != null) {
            return "refused " + refusal.code();
        }
        Class<?> place = decision.state().getClass();
        Stream<String> moved = place.equals(before.getClass())
                ? Stream.of(decision.state().equals(before) ? "" : "noted")
                : Stream.of(place.getSimpleName().toUpperCase(Locale.ROOT));
        String what = Stream.concat(
                        moved,
                        decision.effects().stream().map(ListedPairs::named).distinct())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", "));
        return what.isEmpty() ? NOTHING : what;
    }

    private static String named(Effect effect) {
        return switch (effect) {
            case Effect.Send(var message) ->
                "says " + message.type().replace("dev.slipway.", "").replace(".v1", "");
            case Effect.StartTimer(String name, Instant _) -> "timer " + name;
            case Effect.StartTask(String _, String kind, Object _) -> "task " + kind;
            case Effect.StopTimer _, Effect.DropTask _ -> ""; // tidying up
        };
    }

    private static List<String> wrapped(String outcome, List<String> inputs) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("  ");
        for (String word : (String.join(" | ", inputs) + " → " + outcome).split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder("      ");
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    private static Set<String> named(Stream<?> instances) {
        return instances.map(each -> each.getClass().getSimpleName()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> leaves(Class<?> type) {
        return all(type).map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Class<?>> all(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ListedPairs::all)
                : Stream.of(type);
    }
}
