package dev.slipway.validation.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.validation.EvidenceForgotten;
import dev.slipway.contracts.validation.ForgetEvidence;
import dev.slipway.messaging.Effect;
import dev.slipway.testkit.ListedPairs;
import dev.slipway.validation.retention.Forgetting.Input;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ForgettingCoreTest {
    private static final Instant NOW = Instant.parse("2027-02-03T04:05:06Z");
    private static final QuestionKey QUESTION = QuestionKey.parse("hello@1.0.0/retention/1");
    private static final Input ASKED = new Input.Asked(new ForgetEvidence(QUESTION, "evidence: 400 days"));
    private static final EvidenceForgotten ANSWER = new EvidenceForgotten(QUESTION, 3, NOW);
    private static final ForgettingCore CORE = new ForgettingCore();

    private static Forgetting after(Input... inputs) {
        Forgetting state = CORE.initial("hello@1.0.0");
        for (Input input : inputs) {
            state = CORE.decide(state, input, NOW).state();
        }
        return state;
    }

    @Test
    void the_class_doc_lists_every_pair() {
        ListedPairs.of(CORE)
                .state("UNHEARD", after())
                .state("BEING DONE", after(ASKED))
                .state("DONE", after(ASKED, new Input.Done(ANSWER)))
                .input("Asked", ASKED, NOW)
                .input("Done", new Input.Done(ANSWER), NOW)
                .check(Forgetting.class, Input.class);
    }

    @Test
    void whoever_asks_again_is_answered_the_same() {
        Forgetting done = after(ASKED, new Input.Done(ANSWER));

        assertThat(CORE.finished(done)).isTrue();
        assertThat(CORE.decide(done, ASKED, NOW.plusSeconds(99)).effects())
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.Send.class,
                        send -> assertThat(send.message().body()).isEqualTo(ANSWER));
    }
}
