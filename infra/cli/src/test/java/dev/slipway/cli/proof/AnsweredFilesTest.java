package dev.slipway.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.Link;
import dev.slipway.chain.Proof;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Files that stand with answers, held against what is kept. */
final class AnsweredFilesTest {
    private static final Digest PHOTO = Digest.of("a photo");
    private static final Digest LOG = Digest.of("a log");

    private final Map<Digest, String> kept = new HashMap<>(Map.of(PHOTO, "a photo", LOG, "a log"));

    private static String file(String name, Digest digest, int bytes) {
        return "{\"name\":\"%s\",\"digest\":\"%s\",\"bytes\":%d}".formatted(name, digest, bytes);
    }

    private static String answer(String duty, String... files) {
        return "{\"duty\":\"%s\",\"said\":{\"result\":\"PASSED\",\"files\":[%s]}}"
                .formatted(duty, String.join(",", files));
    }

    private static ObjectNode record(String... answers) {
        ObjectNode record = WireJson.mapper().createObjectNode();
        record.putObject("set").set("duties", WireJson.mapper().readTree("[" + String.join(",", answers) + "]"));
        return record;
    }

    private static Proof proof(String chain, ObjectNode... records) {
        List<Link> links =
                Arrays.stream(records).map(record -> new Link(record, null)).toList();
        return new Proof(chain, links, null, List.of(), null);
    }

    private AnsweredFiles.Found found(@Nullable Proof retention, ObjectNode... records) {
        Bundle bundle = new Bundle(
                proof("release-service/release/hello@1.0.0", records), List.of(), List.of(), List.of(), retention);
        return AnsweredFiles.check(
                bundle,
                digest -> Optional.ofNullable(kept.get(digest)).map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The second answer comes beside the first, which each later record says again. */
    private AnsweredFiles.Found usual(@Nullable Proof retention) {
        String first = answer("device-test", file("photo.png", PHOTO, 7));
        String second = answer("dashboards", file("same.png", PHOTO, 7), file("run.log", LOG, 5));
        return found(retention, record(first), record(first, second));
    }

    private static Proof went() {
        ObjectNode record = WireJson.mapper().createObjectNode();
        record.putObject("set").putObject("evidence").put("rule", "evidence: 400 days");
        return proof("release-service/keeping/hello@1.0.0", record);
    }

    @Test
    void each_content_is_looked_at_once_and_told() {
        assertThat(usual(null))
                .isEqualTo(new AnsweredFiles.Found("2 of 2 files kept, bytes as their answers say", List.of()));
    }

    @Test
    void of_a_release_without_files_nothing_is_said() {
        assertThat(found(null, record(answer("device-test")))).isEqualTo(new AnsweredFiles.Found(null, List.of()));
    }

    @Test
    void other_bytes_than_were_answered_are_a_fault_at_the_record_that_named_them_first() {
        kept.put(PHOTO, "another photo");

        assertThat(usual(null).faults())
                .containsExactly(
                        "record 1: file \"photo.png\" of duty device-test is not what was answered: what is kept has digest "
                                + Digest.of("another photo"));
        assertThat(usual(null).said()).startsWith("1 of 2 files");
    }

    @Test
    void what_is_missing_is_a_fault_unless_the_record_of_retention_says_that_it_went() {
        kept.remove(LOG);

        assertThat(usual(null).faults())
                .containsExactly(
                        "record 2: file \"run.log\" of duty dashboards is not kept, and no record says that retention let it go");
        assertThat(usual(went()).faults()).isEmpty();
        assertThat(usual(went()).said())
                .isEqualTo("1 of 2 files kept, bytes as their answers say; 1 went by retention");
    }

    @Test
    void that_retention_let_go_excuses_no_other_bytes() {
        kept.put(LOG, "another log");

        assertThat(usual(went()).faults()).hasSize(1).first().asString().contains("is not what was answered");
    }

    @Test
    void a_size_that_is_not_the_content_s_is_a_fault_and_so_is_a_digest_that_is_none() {
        assertThat(found(null, record(answer("device-test", file("photo.png", PHOTO, 8))))
                        .faults())
                .containsExactly("record 1: file \"photo.png\" of duty device-test has 7 bytes, its answer says 8");
        assertThat(found(null, record(answer("device-test", "{\"name\":\"photo.png\",\"digest\":\"sha256:1\"}")))
                        .faults())
                .containsExactly("which files stand with answers cannot be read in the record");
    }
}
