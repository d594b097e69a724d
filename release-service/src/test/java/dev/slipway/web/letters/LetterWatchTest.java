package dev.slipway.web.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.ci.CiTypes;
import dev.slipway.contracts.letters.DeadLettersStatus;
import dev.slipway.contracts.letters.DeadLettersStatus.OfTopic;
import dev.slipway.contracts.letters.LetterTypes;
import dev.slipway.messaging.DeadLetters;
import dev.slipway.messaging.Routes;
import dev.slipway.messaging.WireRecord;
import dev.slipway.testkit.MemoryBus;
import dev.slipway.testkit.ServiceInMemory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first dead letter of a topic is said once, whatever crashes, and again after none waited. */
final class LetterWatchTest {
    record Wanted(String needed) {
        Wanted {
            if (needed == null) {
                throw new IllegalArgumentException("needed is missing; token=abcdef0123456789abcdef0123456789");
            }
        }
    }

    private ServiceInMemory service = new ServiceInMemory("release-service");
    private LetterWatch watch = begun();

    private LetterWatch begun() {
        service.recipe()
                .listen(
                        "release-service",
                        Routes.builder()
                                .on(CiTypes.RELEASE_PROPOSED, Wanted.class, (_, _) -> {})
                                .build(),
                        Topics.CI_EVENTS,
                        Topics.VALIDATION_RESULTS);
        return LetterWatch.of(service.recipe(), letters());
    }

    private DeadLetters letters() {
        return service.recipe().deadLetters();
    }

    /** Another process with the same store. */
    private void crash() {
        service = new ServiceInMemory("release-service", new MemoryBus(), service.clock(), service.stores(), Map.of());
        watch = begun();
    }

    private void fails(String topic) {
        Map<String, String> headers =
                Map.of("ce_specversion", "1.0", "ce_id", "1", "ce_source", "/ci", "ce_type", CiTypes.RELEASE_PROPOSED);
        service.bus().send(new WireRecord(topic, "hello", headers, "{}".getBytes(StandardCharsets.UTF_8)));
        service.settle();
    }

    private void look() {
        watch.look();
        service.settle();
    }

    private List<DeadLettersStatus> said() {
        return service.sent(Topics.DEAD_LETTERS, LetterTypes.DEAD_LETTERS_STATUS, DeadLettersStatus.class);
    }

    private void discardAll() {
        letters().waiting(null, 100).forEach(letter -> letters().discard(letter.id(), "user:op", "why"));
    }

    @Test
    void the_first_of_a_topic_is_said_and_the_next_ones_are_not() {
        look();
        assertThat(said()).isEmpty();

        fails(Topics.CI_EVENTS);
        look();
        fails(Topics.CI_EVENTS);
        look();

        assertThat(said()).hasSize(1);
        OfTopic first = said().getFirst().topics().getFirst();
        assertThat(first.topic()).isEqualTo(Topics.CI_EVENTS);
        assertThat(first.waiting()).isTrue();
        assertThat(first.times()).isEqualTo(1);
        assertThat(letters().find(first.first())).isPresent();
        assertThat(first.reason()).contains("needed is missing").doesNotContain("abcdef0123456789");
    }

    @Test
    void another_topic_is_said_besides() {
        fails(Topics.CI_EVENTS);
        look();
        fails(Topics.VALIDATION_RESULTS);
        look();

        assertThat(said()).hasSize(2);
        assertThat(said().getLast().topics())
                .extracting(OfTopic::topic)
                .containsExactly(Topics.CI_EVENTS, Topics.VALIDATION_RESULTS);
    }

    @Test
    void once_none_waits_the_next_one_is_a_first_again() {
        fails(Topics.CI_EVENTS);
        look();
        discardAll();
        look();
        assertThat(said().getLast().topics().getFirst().waiting()).isFalse();

        fails(Topics.CI_EVENTS);
        look();

        assertThat(said()).hasSize(3);
        assertThat(said().getLast().topics().getFirst())
                .satisfies(topic -> assertThat(topic.waiting()).isTrue())
                .satisfies(topic -> assertThat(topic.times()).isEqualTo(2));
    }

    @Test
    void a_crash_neither_loses_it_nor_says_it_twice() {
        fails(Topics.CI_EVENTS);
        crash();
        look();
        assertThat(said()).as("what was not said before the crash").hasSize(1);

        crash();
        look();
        assertThat(said()).as("what was").isEmpty();
        fails(Topics.CI_EVENTS);
        look();
        assertThat(said()).isEmpty();
    }

    @Test
    void several_instances_say_it_once() {
        fails(Topics.CI_EVENTS);
        look();
        ServiceInMemory first = service;
        crash();
        look();

        assertThat(first.sent(Topics.DEAD_LETTERS, LetterTypes.DEAD_LETTERS_STATUS, DeadLettersStatus.class))
                .hasSize(1);
        assertThat(said()).isEmpty();
    }
}
