package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.RunbookView;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.AnsweredReleases;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.EndedReleases;
import dev.slipway.release.saga.ReleaseInput;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

final class PlanControllerTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");

    private final Kept<Dossier, ReleaseInput> releases = new Kept<>();
    private final PlanController controller = new PlanController(releases, new Kept<Keeping, KeepingInput>());
    private final MockMvc http = MockMvcBuilders.standaloneSetup(controller).build();

    @BeforeEach
    void a_release_has_ended() {
        releases.states.put(
                "hello@1.0.0", EndedReleases.of(EndedReleases.launch("hello@1.0.0", AT), ReleasePhase.COMPLETED, AT));
    }

    @Test
    void an_ended_release_has_a_plan_in_which_nothing_comes() {
        assertThat(controller.plan("hello@1.0.0").steps()).isEmpty();
        assertThat(controller.plan("hello@1.0.0").says()).startsWith("Nothing comes any more.");
    }

    @Test
    void what_is_no_release_has_no_plan() {
        assertThatThrownBy(() -> controller.plan("hello@9.9.9")).hasMessageContaining("404");
        assertThatThrownBy(() -> controller.runbook("nothing", false)).hasMessageContaining("404");
    }

    @Test
    void the_runbook_that_was_pinned_is_handed_out_and_where_none_was_it_is_said() throws Exception {
        assertThatThrownBy(() -> controller.runbook("hello@1.0.0", true)).hasMessageContaining("404");

        Dossier d = AnsweredReleases.naming(Map.of());
        releases.states.put("hello@1.0.0", d);

        RunbookView.Pinned pinned =
                Objects.requireNonNull(controller.runbook("hello@1.0.0", true).pinned());
        assertThat(pinned.shown()).isTrue();
        assertThat(Objects.requireNonNull(
                                controller.runbook("hello@1.0.0", false).pinned())
                        .shown())
                .isFalse();
        assertThat(http.perform(get("/api/v1/releases/hello@1.0.0/runbook?pinned=true")
                                .header("Accept", "text/markdown"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains(pinned.digest().value(), "This is that one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/markdown    | text/markdown    | # Runbook of hello 1.0.0",
                "text/html        | text/html        | <title>Runbook of hello 1.0.0</title>",
                "application/json | application/json | \"contacts\":",
                "*/*              | application/json | \"places\":"
            })
    void a_runbook_comes_in_the_form_that_is_asked_for(String accept, String type, String part) throws Exception {
        MockHttpServletResponse answer = http.perform(
                        get("/api/v1/releases/hello@1.0.0/runbook").header("Accept", accept))
                .andReturn()
                .getResponse();

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentType()).startsWith(type);
        assertThat(answer.getContentAsString()).contains(part);
    }
}
