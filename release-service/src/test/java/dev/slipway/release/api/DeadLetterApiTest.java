package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.letters.DeadLetterView;
import dev.slipway.testkit.openapi.Bound;
import dev.slipway.testkit.openapi.Fields;
import dev.slipway.testkit.openapi.ServiceDescription;
import dev.slipway.testkit.openapi.Told;
import dev.slipway.web.letters.DeadLetterAccess;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code -Dslipway.openapi.rewrite=true} writes the description of what all services share again. */
final class DeadLetterApiTest {
    private static final String LIST = "GET /api/v1/deadletters/{service}";
    private static final String SHOW = "GET /api/v1/deadletters/{service}/{letter}";
    private static final String REPLAY = "POST /api/v1/deadletters/{service}/{letter}/replay";
    private static final String DISCARD = "POST /api/v1/deadletters/{service}/{letter}/discard";

    private static final ServiceDescription API = ServiceDescription.of(
            "deadletters",
            "dev.slipway.web.letters",
            DeadLetterAccess.rules(),
            List.of(
                    Told.of(LIST, "Lists messages that a service could not do or send")
                            .parameter("limit", Bound.range(1, DeadLetterAccess.LIST_MAX)),
                    Told.of(SHOW, "Shows one with its reason and content"),
                    Told.of(REPLAY, "Has it done again by whoever failed"),
                    Told.of(DISCARD, "Lets go of it")),
            new Fields().needed("DeadLetterRequest", "reason", Bound.holding(Texts.SAID)));

    private static final DeadLetterView LETTER = new DeadLetterView(
            "release-service:slipway.ci.events:0:17",
            "release-service",
            "slipway.ci.events",
            "hello",
            "dev.cdevents.artifact.published.0.2.0",
            "hello",
            "refused: a digest is sha256: and 64 hexadecimal digits",
            Instant.parse("2026-01-05T10:00:00Z"),
            0,
            DeadLetterView.State.REPLAYED,
            "user:ada@example.test",
            "fixed",
            Instant.parse("2026-01-05T11:00:00Z"));

    @Test
    void the_committed_description_is_that_of_the_controller() {
        assertThat(API.committed()).isEqualTo(API.made());
    }

    @Test
    void what_is_answered_is_written_as_described() {
        assertThat(API.faults(LIST, new DeadLetterView.Page(List.of(LETTER), LETTER.id())))
                .isEmpty();
        assertThat(API.faults(SHOW, new DeadLetterView.Whole(LETTER, Map.of("ce_id", "1"), 2, "{}", "text")))
                .isEmpty();
        assertThat(API.faults(REPLAY, new DeadLetterView.Answer(LETTER, true, "Replayed.")))
                .isEmpty();
        assertThat(API.faults(DISCARD, new DeadLetterView.Answer(LETTER, false, "It was replayed.")))
                .isEmpty();
        assertThat(API.bodyFaults(REPLAY, new DeadLetterView.Request("fixed"))).isEmpty();
    }
}
