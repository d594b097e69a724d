package dev.slipway.testkit;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Effect.DropTask;
import dev.slipway.messaging.Effect.StartTask;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A small aggregate that uses every part of the recipe. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "phase")
sealed interface Kettle {
    record Cold(String id) implements Kettle {}

    record Heating(String id, int degrees, Map<String, Integer> cups) implements Kettle {}

    record Hot(String id, Map<String, Integer> cups) implements Kettle {}

    record Poured(String id) implements Kettle {}

    sealed interface Input {
        record Fill(int degrees) implements Input {}

        record Heated(int degrees) implements Input {}

        record TimedOut(String timer) implements Input {}

        record Cup(String owner, int sugar) implements Input {}

        record Ticked(int degrees) implements Input {}

        record Boiled(long fence) implements Input {}

        record Pour(String to) implements Input {}

        record Ask(String by) implements Input {}

        record Drop(String why) implements Input {}
    }

    record Boil(int degrees) {}

    record Status(String phase) {}

    record Poured2(String by) {}

    /** Decides. */
    final class KettleCore implements Core<Kettle, Input> {
        @Override
        public Kettle initial(String id) {
            return new Cold(id);
        }

        @Override
        public boolean finished(Kettle state) {
            return state instanceof Poured;
        }

        @Override
        public Set<String> unjournaled() {
            return Set.of("degrees");
        }

        @Override
        public Decision<Kettle> decide(Kettle state, Input input, Instant now) {
            return switch (input) {
                case Input.Fill(int degrees)
                when state instanceof Cold(String id) ->
                    Decision.<Kettle>move(
                                    new Heating(id, degrees, Map.of()),
                                    status(id, "heating"),
                                    Effect.startTimer("boil", now.plusSeconds(60)),
                                    new StartTask("boil/1", "boil", new Boil(degrees)))
                            .because("filled");
                case Input.Fill _ -> Decision.refuse(state, new Refusal("full", "It is full; pour first"));
                case Input.Heated(int degrees)
                when state instanceof Heating(String id, int _, var cups) ->
                    Decision.move(new Heating(id, degrees, cups), status(id, "warm"));
                case Input.Ticked(int degrees)
                when state instanceof Heating(String id, int _, var cups) ->
                    Decision.move(new Heating(id, degrees, cups));
                case Input.Cup(String owner, int sugar)
                when state instanceof Heating(String id, int degrees, var cups) -> {
                    Map<String, Integer> more = new HashMap<>(cups);
                    more.merge(owner, sugar, Integer::sum);
                    yield Decision.move(new Heating(id, degrees, more));
                }
                case Input.Boiled _
                when state instanceof Heating(String id, int _, var cups) ->
                    Decision.<Kettle>move(new Hot(id, cups), status(id, "hot")).and(Effect.stopTimer("boil"));
                case Input.TimedOut(String timer)
                when state instanceof Heating && timer.equals("boil") ->
                    Decision.<Kettle>stay(state)
                            .and(Effect.send(Message.command("tea.commands", "k", "dev.tea.hurry.v1", "!", "k")));
                case Input.Pour(String to) ->
                    Decision.<Kettle>move(new Poured(idOf(state)), status(idOf(state), "poured"))
                            .and(Effect.send(Message.local(to, "dev.tea.poured.v1", new Poured2(idOf(state)), to)));
                case Input.Drop _ -> Decision.<Kettle>stay(state).and(new DropTask("boil/1"));
                case Input.Ask _ ->
                    Decision.<Kettle>stay(state)
                            .and(status(idOf(state), state.getClass().getSimpleName()));
                case Input.Heated _, Input.Ticked _, Input.Cup _, Input.Boiled _, Input.TimedOut _ ->
                    Decision.stay(state);
            };
        }

        private static Effect status(String id, String phase) {
            return Effect.send(Message.status("tea.events", id, "dev.tea.status.v1", new Status(phase), id, "status"));
        }

        private static String idOf(Kettle state) {
            return switch (state) {
                case Cold(String id) -> id;
                case Heating(String id, int _, var _) -> id;
                case Hot(String id, var _) -> id;
                case Poured(String id) -> id;
            };
        }
    }
}
