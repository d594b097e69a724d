package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.release.files.FileSettings;
import dev.slipway.release.files.MemoryFiles;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.AnsweredReleases;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.util.unit.DataSize;

final class FileControllerTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final String HELLO = "hello@1.0.0";
    private static final String PAGE = "<script>1</script>";
    private static final int OF_RELEASE_MAX = 2;

    private final Kept<Dossier, ReleaseInput> releases = new Kept<>();
    private final MemoryFiles files = new MemoryFiles(100, () -> AT);
    private final FileController controller = new FileController(
            releases,
            new Kept<Keeping, KeepingInput>(),
            files,
            new FileSettings(
                    DataSize.ofBytes(50),
                    DataSize.ofKilobytes(1),
                    DataSize.ofBytes(100),
                    OF_RELEASE_MAX,
                    1,
                    Duration.ofDays(1),
                    Duration.ofMinutes(10),
                    10));
    private final MockMvc http = MockMvcBuilders.standaloneSetup(controller).build();

    private void answeredWith(Map<String, Digest> named) {
        releases.states.put(HELLO, AnsweredReleases.naming(named));
    }

    private AnswerFile handIn(String duty, String name, String content) throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setContent(content.getBytes(StandardCharsets.UTF_8));
        Jwt ben = Jwt.withTokenValue("token")
                .header("alg", "none")
                .subject("ben")
                .claim("email", "ben@example.test")
                .claim("email_verified", true)
                .build();
        return controller.keep(HELLO, duty, name, request, ben);
    }

    private MockHttpServletResponse fetched(Digest digest) throws Exception {
        return http.perform(get("/api/v1/releases/{id}/files/{digest}", HELLO, digest))
                .andReturn()
                .getResponse();
    }

    @Test
    void a_file_is_kept_under_its_digest_and_told_with_it() throws Exception {
        answeredWith(Map.of());

        assertThat(handIn("try-it", "photo.png", "a photo"))
                .isEqualTo(new AnswerFile("photo.png", Digest.of("a photo"), 7));
        assertThat(handIn("try-it", "again.png", "a photo").digest()).isEqualTo(Digest.of("a photo"));
        assertThat(files.page(null, 10)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "a/b", "a\\b", "a\nb", "a\u202egnp.exe", "\u200b"})
    void a_name_that_leads_elsewhere_or_cannot_be_seen_is_refused_and_nothing_is_kept(String name) {
        answeredWith(Map.of());

        assertThatThrownBy(() -> handIn("try-it", name, "a photo")).hasMessageContaining("400");
        assertThat(files.page(null, 10)).isEmpty();
    }

    @Test
    void what_is_empty_of_no_duty_or_one_too_many_is_refused() throws Exception {
        answeredWith(Map.of());

        assertThatThrownBy(() -> handIn("try-it", "photo.png", "")).hasMessageContaining("400");
        assertThatThrownBy(() -> handIn("tri-it", "photo.png", "a photo")).hasMessageContaining("404");
        for (int number = 0; number < OF_RELEASE_MAX; number++) {
            handIn("try-it", "photo.png", "photo " + number);
        }
        assertThatThrownBy(() -> handIn("try-it", "photo.png", "another")).hasMessageContaining("409");
        assertThat(handIn("try-it", "photo.png", "photo 0"))
                .as("the same takes no room")
                .isNotNull();
    }

    @Test
    void where_there_is_no_room_it_is_told_for_how_long_to_wait() {
        answeredWith(Map.of());

        assertThatThrownBy(() -> handIn("try-it", "large", "x".repeat(101)))
                .hasMessageContaining("503")
                .hasMessageContaining("slipway.release.files.bytes-max");
    }

    @Test
    void what_an_answer_names_is_handed_out_to_be_saved_and_never_to_be_shown() throws Exception {
        answeredWith(Map.of("page.html", Digest.of(PAGE)));
        handIn("try-it", "page.html", PAGE);

        MockHttpServletResponse answer = fetched(Digest.of(PAGE));

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString(StandardCharsets.UTF_8)).isEqualTo(PAGE);
        assertThat(answer.getContentType()).isEqualTo("application/octet-stream");
        assertThat(answer.getHeader("Content-Disposition")).isEqualTo("attachment; filename=\"page.html\"");
        assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.getHeader("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        assertThat(answer.getContentLengthLong()).isEqualTo(PAGE.length());
    }

    @Test
    void what_no_answer_names_or_is_gone_is_not_handed_out() throws Exception {
        answeredWith(Map.of("page.html", Digest.of(PAGE)));
        handIn("try-it", "photo.png", "a photo");

        assertThat(fetched(Digest.of("a photo")).getStatus()).as("a draft").isEqualTo(404);
        assertThat(fetched(Digest.of(PAGE)).getStatus()).as("gone").isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "photo.png      | attachment; filename=\"photo.png\"",
                "a\"b; c=d.png   | attachment; filename=\"a\\\"b; c=d.png\""
            },
            quoteCharacter = '`')
    void a_name_cannot_say_more_than_a_name(String name, String disposition) {
        assertThat(FileController.disposition(name)).isEqualTo(disposition);
    }

    @Test
    void a_name_beyond_ascii_is_told_as_rfc_6266_has_it() {
        assertThat(FileController.disposition("Maß.png"))
                .startsWith("attachment; ")
                .endsWith("filename*=UTF-8''Ma%C3%9F.png");
    }
}
