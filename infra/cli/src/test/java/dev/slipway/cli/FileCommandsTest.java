package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of answers against a stand-in for the gateway: handed in before the answer, shown with it, and got back. */
class FileCommandsTest {
    private static final String RELEASE = "/api/v1/releases/hello@1.1.0";
    private static final AnswerFile PHOTO = new AnswerFile("photo.png", Digest.of("a photo"), 7);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StandInGateway gateway = newGateway();

    @TempDir
    Path folder = Path.of("");

    private static StandInGateway newGateway() {
        try {
            return new StandInGateway();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @BeforeEach
    void a_duty_was_answered_with_a_photo() {
        answeredWith(PHOTO);
        gateway.on(
                "POST " + RELEASE + "/duties/device-test/files",
                201,
                WireJson.mapper().writeValueAsString(PHOTO));
        gateway.on("GET " + RELEASE + "/files/" + PHOTO.digest(), 200, "a photo");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void answeredWith(AnswerFile... files) {
        DutyView.Answer answer = new DutyView.Answer(
                DutyView.Result.PASSED,
                "ben@example.test",
                Releases.AT,
                "see the photo",
                Map.of(),
                List.of(),
                List.of(),
                null,
                List.of(files));
        DutyView view = new DutyView(
                "device-test",
                "Try it",
                "devops",
                Duty.Before.PRODUCTION,
                1,
                List.of(),
                GuideView.LineState.PASSED,
                "ben@example.test says",
                List.of(answer));
        String json = WireJson.mapper().writeValueAsString(Releases.asking(view));
        gateway.on("GET " + RELEASE, 200, json).on("POST " + RELEASE + "/duties/device-test", 200, json);
    }

    private int run(String... words) {
        out.reset();
        err.reset();
        Shell shell = new Shell(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                200,
                Map.of(
                        "SLIPWAY_HOME",
                        folder + "/home",
                        "SLIPWAY_URL",
                        gateway.url(),
                        "SLIPWAY_TOKEN_VIEWER",
                        "token",
                        "SLIPWAY_TOKEN_APPROVER",
                        "token"));
        return Slipway.commandLine(shell, Clock.systemUTC()).execute(words);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private int answer(String... more) {
        List<String> words = new ArrayList<>(
                List.of("release", "duty", "hello@1.1.0", "device-test", "pass", "--reason", "see the photo"));
        words.addAll(Arrays.asList(more));
        return run(words.toArray(String[]::new));
    }

    @Test
    void files_are_handed_in_before_the_answer_that_names_them_and_shown_with_it() throws Exception {
        Path photo = Files.writeString(folder.resolve("photo.png"), "a photo");

        assertThat(answer("--file", photo.toString())).as(complained()).isZero();

        List<StandInGateway.Asked> posted = gateway.requests("POST");
        assertThat(posted)
                .extracting(StandInGateway.Asked::line)
                .containsExactly(
                        "POST " + RELEASE.replace("@", "%40") + "/duties/device-test/files?name=photo.png",
                        "POST " + RELEASE.replace("@", "%40") + "/duties/device-test");
        assertThat(posted.getFirst().body()).isEqualTo("a photo");
        assertThat(posted.getFirst().header("content-type")).isEqualTo("application/octet-stream");
        assertThat(posted.getLast().body())
                .contains("\"files\":[{\"name\":\"photo.png\",\"digest\":\"%s\"}]".formatted(PHOTO.digest()));
        assertThat(said()).contains("           file photo.png (7 bytes, %s)".formatted(PHOTO.digest()));
    }

    @Test
    void where_one_file_cannot_be_sent_nothing_is() throws Exception {
        Path photo = Files.writeString(folder.resolve("photo.png"), "a photo");
        Path empty = Files.createFile(folder.resolve("empty.log"));
        Path other = Files.createDirectory(folder.resolve("other"));
        Path same = Files.writeString(other.resolve("photo.png"), "another");

        assertThat(answer("--file", photo.toString(), "--file", empty.toString()))
                .isEqualTo(2);
        assertThat(complained()).contains("empty.log", "1 byte to 8 MB", "--link");
        assertThat(answer("--file", photo.toString(), "--file", other.toString()))
                .isEqualTo(2);
        assertThat(answer(
                        "--file",
                        photo.toString(),
                        "--file",
                        folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(answer("--file", photo.toString(), "--file", same.toString()))
                .isEqualTo(2);
        assertThat(complained()).contains("two files are called photo.png");
        String[] many = new String[22];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = "--file";
            many[i + 1] = photo.toString();
        }
        assertThat(answer(many)).isEqualTo(2);
        assertThat(complained()).contains("at most 10 files");

        assertThat(gateway.requests("POST")).isEmpty();
    }

    @Test
    void a_file_is_saved_by_name_or_digest_and_never_over_another() throws Exception {
        Path to = folder.resolve("saved.png");

        assertThat(run("release", "file", "hello@1.1.0", "photo.png", "--to", to.toString()))
                .as(complained())
                .isZero();
        assertThat(to).hasContent("a photo");
        assertThat(run("release", "file", "hello@1.1.0", "photo.png", "--to", to.toString()))
                .isEqualTo(2);
        assertThat(complained()).contains("is there already", "--to");
        assertThat(run(
                        "release",
                        "file",
                        "hello@1.1.0",
                        PHOTO.digest().value(),
                        "--to",
                        folder.resolve("again.png").toString()))
                .isZero();
        assertThat(run("release", "file", "hello@1.1.0", "phot.png")).isEqualTo(2);
        assertThat(complained()).contains("there are photo.png (" + PHOTO.digest());
    }

    @Test
    void what_is_not_what_was_answered_or_is_gone_is_not_saved() {
        Path to = folder.resolve("saved.png");
        gateway.on("GET " + RELEASE + "/files/" + PHOTO.digest(), 200, "another photo");

        assertThat(run("release", "file", "hello@1.1.0", "photo.png", "--to", to.toString()))
                .isEqualTo(1);
        assertThat(complained()).contains("is not what its answer said", "slipway verify hello@1.1.0");

        gateway.on("GET " + RELEASE + "/files/" + PHOTO.digest(), 404, "{\"detail\":\"gone\"}");
        assertThat(run("release", "file", "hello@1.1.0", "photo.png", "--to", to.toString()))
                .isEqualTo(1);
        assertThat(complained()).contains("slipway evidence kept hello@1.1.0");
        assertThat(to).doesNotExist();
    }

    @Test
    void of_several_that_are_called_alike_somebody_says_which() {
        answeredWith(PHOTO, new AnswerFile("photo.png", Digest.of("another"), 7));

        assertThat(run("release", "file", "hello@1.1.0", "photo.png")).isEqualTo(2);

        assertThat(complained())
                .contains(
                        "several files",
                        PHOTO.digest().value(),
                        Digest.of("another").value());
    }
}
