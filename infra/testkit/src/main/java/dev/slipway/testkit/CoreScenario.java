package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Effect.Send;
import dev.slipway.messaging.Message;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Given a state, when an input comes, then this is decided. The next {@code when} goes on from the new state. */
public final class CoreScenario<S, I> {
    private final Core<S, I> core;
    private S state;
    private @Nullable Decision<S> decision;

    private CoreScenario(Core<S, I> core, S state) {
        this.core = core;
        this.state = state;
    }

    public static <S, I> CoreScenario<S, I> given(Core<S, I> core, S state) {
        return new CoreScenario<>(core, state);
    }

    /** Starts from what has never been heard of. */
    public static <S, I> CoreScenario<S, I> givenNew(Core<S, I> core, String id) {
        return new CoreScenario<>(core, core.initial(id));
    }

    public CoreScenario<S, I> when(I input, Instant at) {
        decision = core.decide(state, input, at);
        state = decision.state();
        return this;
    }

    public CoreScenario<S, I> then(Class<?> stateType) {
        assertThat(state).isInstanceOf(stateType);
        return this;
    }

    public CoreScenario<S, I> state(S expected) {
        assertThat(state).isEqualTo(expected);
        return this;
    }

    /** Further assertions about the state. */
    public CoreScenario<S, I> where(Consumer<? super S> assertions) {
        assertions.accept(state);
        return this;
    }

    /** Exactly these effects of the last input, in this order. */
    public CoreScenario<S, I> effects(Effect... expected) {
        assertThat(decided().effects()).containsExactly(expected);
        return this;
    }

    /** These effects of the last input, among others. */
    public CoreScenario<S, I> effectsInclude(Effect... expected) {
        assertThat(decided().effects()).contains(expected);
        return this;
    }

    /** Exactly these types of messages from the last input, in this order. */
    public CoreScenario<S, I> sends(String... types) {
        assertThat(messages()).extracting(Message::type).containsExactly(types);
        return this;
    }

    public CoreScenario<S, I> refused(String code) {
        assertThat(decided().refusal())
                .isNotNull()
                .satisfies(refusal ->
                        assertThat(Objects.requireNonNull(refusal).code()).isEqualTo(code));
        return this;
    }

    public CoreScenario<S, I> accepted() {
        assertThat(decided().refusal()).isNull();
        return this;
    }

    public S state() {
        return state;
    }

    public List<Message> messages() {
        return decided().effects().stream()
                .filter(Send.class::isInstance)
                .map(effect -> ((Send) effect).message())
                .toList();
    }

    private Decision<S> decided() {
        return Objects.requireNonNull(decision, "no when() yet");
    }
}
