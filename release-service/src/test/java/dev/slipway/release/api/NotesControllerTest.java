package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.notes.Commits;
import dev.slipway.release.notes.History;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.EndedReleases;
import dev.slipway.release.saga.ReleaseInput;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

final class NotesControllerTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");

    private final Kept<Dossier, ReleaseInput> releases = new Kept<>();
    private History history = _ -> Commits.read("feat: a <basket>");
    private final MockMvc http = MockMvcBuilders.standaloneSetup(new NotesController(
                    releases,
                    new Kept<Keeping, KeepingInput>(),
                    question -> history.read(question),
                    new ApiSettings(1_000, 2, 4, 3, 6, 50, java.time.Duration.ofSeconds(1))))
            .build();

    @BeforeEach
    void a_release_has_ended() {
        releases.states.put(
                "hello@1.0.0", EndedReleases.of(EndedReleases.launch("hello@1.0.0", AT), ReleasePhase.COMPLETED, AT));
    }

    private MockHttpServletResponse asked(@Nullable String accept) throws Exception {
        var request = get("/api/v1/releases/hello@1.0.0/notes");
        return http.perform(accept == null ? request : request.header("Accept", accept))
                .andReturn()
                .getResponse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/markdown                                          | text/markdown",
                "text/html                                              | text/html",
                "text/html,application/xhtml+xml,*/*;q=0.8              | text/html",
                "application/json                                       | application/json",
                "*/*                                                    | application/json",
                "text/markdown;q=0.5, application/json                  | application/json",
                "text/*                                                 | text/markdown",
                "text/markdown;q=0.5, text/html                         | text/html",
                "text/html;q=0.5, text/markdown                         | text/markdown"
            })
    void notes_come_in_the_form_that_is_asked_for(String accept, String type) throws Exception {
        MockHttpServletResponse answer = asked(accept);

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentType()).startsWith(type);
    }

    @Test
    void whoever_asks_for_nothing_gets_json() throws Exception {
        assertThat(asked(null).getContentType()).startsWith("application/json");
        assertThat(asked(null).getContentAsString()).contains("\"a <basket>\"", "\"version\":\"1.0.0\"");
    }

    @Test
    void a_page_forbids_itself_all_but_its_style_and_escapes_what_commits_say() throws Exception {
        MockHttpServletResponse page = asked("text/html");

        assertThat(page.getHeader("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(page.getContentAsString()).contains("a &lt;basket&gt;");
        assertThat(page.getContentType()).containsIgnoringCase("charset=utf-8");
    }

    @Test
    void while_git_is_away_notes_come_without_changes_and_say_so() throws Exception {
        history = _ -> {
            throw new IOException("disk is gone");
        };

        MockHttpServletResponse answer = asked("text/markdown");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString())
                .contains("cannot be read from Git now: disk is gone", "Back up existing data");
    }
}
