package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
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
 * Holds the list of (state, input) pairs in a core's {@link ClassDoc} against the code.
 */
public final class ListedPairs<S, I> {
    private static final String NOTHING = "nothing";
    private static final List<String> LAST = List.of("noted", NOTHING);

    private final Core<S, I> core;
    private final Map<String, S> states = new LinkedHashMap<>();
    private final Map<String, Tried<I>> inputs = new LinkedHashMap<>();

    private record Tried<I>(I input, Instant at) {}

    private ListedPairs(Core<S, I> core) {
        this.core = core;
    }

    public static <S, I> ListedPairs<S, I> of(Core<S, I> core) {
        return new ListedPairs<>(core);
    }

    /** @param name in capitals, with words in lower case after a comma if the state has several faces */
    public ListedPairs<S, I> state(String name, S state) {
        states.put(name, state);
        return this;
    }

    /** @param name simple name of the input's type, with words after it if there are several */
    public ListedPairs<S, I> input(String name, I input, Instant at) {
        assertThat(name.split("[ ,]", 2)[0]).isEqualTo(input.getClass().getSimpleName());
        inputs.put(name, new Tried<>(input, at));
        return this;
    }

    public void check(Class<S> stateType, Class<I> inputType) {
        assertThat(named(states.values().stream())).isEqualTo(leaves(stateType));
        assertThat(named(inputs.values().stream().map(Tried::input))).isEqualTo(leaves(inputType));
        ClassDoc.of(core.getClass()).lists(lines());
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
                    .forEach(each -> lines.addAll(
                            ClassDoc.wrapped("  ", String.join(" | ", each.getValue()) + " → " + each.getKey(), 6)));
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
