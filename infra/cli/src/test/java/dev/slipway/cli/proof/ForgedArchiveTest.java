package dev.slipway.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.chain.KeyFolder;
import dev.slipway.chain.Link;
import dev.slipway.chain.Proof;
import dev.slipway.chain.Seal;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.GoneReport;
import dev.slipway.validation.verdicts.Chain;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Whoever may change an exported archive, and has not the key, changes nothing in it that a check would not say. */
final class ForgedArchiveTest {
    private static final String CHAIN = "release-service/release/hello@1.0.0";
    private static final Instant AT = Instant.parse("2026-01-05T12:00:00Z");
    private static final int END = 22;

    @TempDir
    private Path folder;

    private KeyFolder keys = new KeyFolder(Path.of("unset"));
    private Bundle bundle =
            new Bundle(new Proof(CHAIN, List.of(), null, List.of(), null), List.of(), List.of(), List.of(), null);
    private SortedMap<String, byte[]> entries = new TreeMap<>();

    @BeforeEach
    void an_archive() throws IOException {
        keys = new KeyFolder(folder.resolve("keys"));
        keys.ensure();
        VerifyBench made = new VerifyBench(keys);
        bundle = made.bundle();
        entries = entries(ProofArchive.of(bundle, made.reports(), Map.of()));
    }

    private SortedMap<String, byte[]> entries(ProofArchive archive) throws IOException {
        Path file = folder.resolve("whole.zip");
        archive.write(file);
        SortedMap<String, byte[]> all = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                all.put(entry.getName(), zip.readAllBytes());
            }
        }
        return all;
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Our keys are believed, as by {@code --key}. */
    private Verified check(byte[] archive) throws IOException {
        Path file = folder.resolve("forged.zip");
        Files.write(file, archive);
        return ProofArchive.read(file).check(keys.publicKeys());
    }

    private List<String> faults() throws IOException {
        return check(zip(entries)).faults();
    }

    private void put(String name, String content) {
        entries.put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private String text(String name) {
        return new String(Objects.requireNonNull(entries.get(name)), StandardCharsets.UTF_8);
    }

    private void change(String name, String from, String to) {
        assertThat(text(name)).contains(from);
        put(name, text(name).replace(from, to));
    }

    /** The same with other records, as whoever has no key can write them. */
    private void forge(List<Link> links) {
        Seal head = links.getLast().seal();
        put("proof.json", WireJson.mapper().writeValueAsString(new Proof(CHAIN, links, head, List.of(), null)));
    }

    private static Link next(@Nullable Seal last, String record) {
        ObjectNode said = (ObjectNode) WireJson.mapper().readTree(record);
        return new Link(said, Seal.after(last, CHAIN, said));
    }

    @Test
    void the_archive_as_it_was_written_agrees_and_says_whose_it_is() throws IOException {
        Verified verified = check(zip(entries));

        assertThat(verified.faults()).isEmpty();
        assertThat(verified.unheard()).isEmpty();
        assertThat(verified.lines())
                .contains(
                        "release      hello@1.0.0: COMPLETED",
                        "artifact     sha256:%s file:/a.jar".formatted("b".repeat(64)));
    }

    @Test
    void a_file_that_the_record_does_not_speak_of_is_named() throws IOException {
        put("README.txt", "Approved by Ada.");
        put("keys/../proof.json", "{}");
        put("evidence/" + "a".repeat(64), "<testsuite/>");
        put(
                "keys/mine.pem",
                text(entries.keySet().stream()
                        .filter(name -> name.startsWith("keys/") && name.endsWith(".pem"))
                        .findFirst()
                        .orElseThrow()));

        assertThat(faults())
                .contains(
                        "README.txt: nothing in the record speaks of it",
                        "keys/../proof.json: nothing in the record speaks of it",
                        "keys/mine.pem: nothing in the record speaks of it",
                        "evidence/%s: nothing in the record speaks of it".formatted("a".repeat(64)));
    }

    @Test
    void a_report_under_the_name_of_another_is_named() throws IOException {
        String name = entries.keySet().stream()
                .filter(each -> each.startsWith("evidence/"))
                .findFirst()
                .orElseThrow();
        put(name, "<testsuite name='s'><testcase name='a'/></testsuite>");

        assertThat(faults())
                .contains(name + ": it is not what its name says")
                .anyMatch(fault -> fault.contains("is gone or changed"));
    }

    @Test
    void a_member_that_is_passed_over_when_it_is_read_is_named() throws IOException {
        for (String name : List.of("proof.json", "attestation.json")) {
            SortedMap<String, byte[]> whole = new TreeMap<>(entries);
            put(name, text(name).replaceFirst("\\{", "{\"note\":\"approved by Ada\","));
            assertThat(faults()).containsExactly(name + ": it holds something that the record does not say");
            entries = whole;
        }
        put("verdicts.json", text("verdicts.json").replaceFirst("\\{", "{\"waived\":true,"));
        assertThat(faults()).containsExactly("verdicts.json: it holds something that the record does not say");
    }

    @Test
    void what_is_said_twice_is_named_though_the_second_is_what_was_signed() throws IOException {
        change(
                "proof.json",
                "\"actor\" : \"user:ada@example.test\"",
                "\"actor\" : \"user:eve@example.test\", \"actor\" : \"user:ada@example.test\"");
        assertThat(faults()).containsExactly("proof.json: it holds something that the record does not say");
    }

    @Test
    void a_digit_beyond_what_a_hash_is_made_of_is_named() throws IOException {
        change("proof.json", "\"version\" : 3,", "\"version\" : 3.00000000000000000001,");

        assertThat(faults()).contains("proof.json: it holds something that the record does not say");
    }

    @Test
    void a_verdict_that_the_release_never_heard_is_told_as_unproved_and_does_not_count() throws IOException {
        Gate gate = new Gate(
                "security-scan",
                "",
                Stage.PRE_RELEASE,
                null,
                null,
                List.of(),
                null,
                "build",
                List.of(),
                Gate.WITHIN_DEFAULT);
        VerdictDraft draft = new VerdictDraft(
                new ApplicationName("hello"),
                new Sha("a".repeat(40)),
                "hello@1.0.0/assess-pre-release/1",
                gate,
                List.of(),
                "",
                Verdict.PASSED,
                "",
                AT);
        Chain core = new Chain(1);
        List<VerdictRecord> verdicts = new ArrayList<>(bundle.verdicts());
        verdicts.add(Objects.requireNonNull(
                core.decide(core.initial("hello"), draft, AT).state().last()));
        put("verdicts.json", WireJson.mapper().writeValueAsString(verdicts));

        Verified verified = check(zip(entries));

        assertThat(verified.verdicts()).isEqualTo(bundle.verdicts().size());
        assertThat(verified.lines())
                .contains(
                        "unproved     verdict 1 (security-scan, PASSED) was not heard by the release: nothing that is signed vouches for it");
    }

    @Test
    void a_record_that_was_cut_before_its_end_is_closed_by_nothing() throws IOException {
        entries.remove("attestation.json");
        forge(bundle.proof().records().subList(0, 50));

        assertThat(faults())
                .contains(
                        "record 50: no checkpoint closes it, so that whoever had the file may have written it: export it again when the release has ended");
    }

    @Test
    void a_record_that_was_cut_back_to_an_older_checkpoint_lacks_its_attestation() throws IOException {
        entries.remove("attestation.json");
        assertThat(faults())
                .containsExactly(
                        "record 100: no attestation says that the record ends here, so that later ones may have been taken away");
    }

    @Test
    void an_attestation_of_a_later_end_does_not_fit_an_older_one() throws IOException {
        List<Link> links = new ArrayList<>(bundle.proof().records());
        Link later = next(links.getLast().seal(), "{\"version\":101,\"actor\":\"user:ada\",\"set\":{},\"unset\":[]}");
        Seal seal = Objects.requireNonNull(later.seal());
        links.add(new Link(later.record(), seal.with(keys.sign(CHAIN, seal, AT))));
        forge(links);

        assertThat(faults()).containsExactly("the attestation is about another end of the chain");
    }

    @Test
    void a_record_behind_the_end_is_named_though_it_says_that_the_release_goes_on() throws IOException {
        entries.remove("attestation.json");
        List<Link> links = new ArrayList<>(bundle.proof().records());
        links.add(next(
                links.getLast().seal(),
                "{\"version\":101,\"actor\":\"user:eve\",\"set\":{\"state\":{\"type\":\"BAKING\"}},\"unset\":[]}"));
        forge(links);

        assertThat(faults()).contains("record 101: it came after the end, which a checkpoint closes over 100 records");
    }

    @Test
    void what_was_put_before_the_first_record_cannot_have_come_before() throws IOException {
        List<Link> links = new ArrayList<>(bundle.proof().records());
        links.addFirst(new Link(
                WireJson.mapper()
                        .readTree("{\"version\":1,\"actor\":\"user:eve\",\"set\":{\"guide\":{}},\"unset\":[]}"),
                null));
        forge(links);

        assertThat(faults()).contains("version 1: what nothing proves stands before it, and cannot have come before");
    }

    @Test
    void the_signed_record_of_something_else_is_no_record_of_a_release() throws IOException {
        String chain = "release-service/keeping/hello@1.0.0";
        ObjectNode said = (ObjectNode) WireJson.mapper().readTree("{\"version\":1,\"set\":{},\"unset\":[]}");
        Seal seal = Seal.after(null, chain, said);
        Seal closed = seal.with(keys.sign(chain, seal, AT));
        put(
                "proof.json",
                WireJson.mapper()
                        .writeValueAsString(
                                new Proof(chain, List.of(new Link(said, closed)), closed, List.of(), null)));

        assertThat(faults()).contains("it is the record of no release");
    }

    @Test
    void a_remark_and_a_second_meaning_among_the_seconds_are_named() throws IOException {
        put("seconds.jsonl", text("seconds.jsonl") + "# judged well\n");
        assertThat(faults()).contains("recorded second 302 cannot be read");

        put(
                "seconds.jsonl",
                text("seconds.jsonl").replace("# judged well\n", "").replaceFirst("\\{", "{\"seal\":\"x\","));
        assertThat(faults()).contains("seconds.jsonl: line 1 is no JSON in which each name stands once");
    }

    @Test
    void a_report_that_is_there_has_not_gone() throws IOException {
        GoneReport gone =
                new GoneReport(bundle.reports().iterator().next(), "junit", "a.xml", 12, AT, "evidence: 1 day");
        put("gone.json", WireJson.mapper().writeValueAsString(List.of(gone)));

        assertThat(faults())
                .anyMatch(fault -> fault.startsWith("gone.json: report sha256:") && fault.contains("is there"));
    }

    private void assertRefused(byte[] archive, String why) {
        assertThatThrownBy(() -> check(archive))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining(why);
    }

    @Test
    void an_archive_that_shows_another_file_to_whoever_unpacks_it_is_refused() throws IOException {
        byte[] archive = zip(entries);
        byte[] renamed = archive.clone();
        String bytes = new String(archive, StandardCharsets.ISO_8859_1);
        renamed[bytes.lastIndexOf("policy.json")] = 'P';
        assertRefused(renamed, "its table of contents has another Policy.json than stands in it");

        put("policy.json", "{}");
        byte[] other = zip(entries);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(archive);
        both.write(other);
        assertRefused(both.toByteArray(), "something stands before or behind its files");
    }

    @Test
    void a_file_that_stands_in_it_twice_is_refused() throws IOException {
        put("policy.jsoo", "{}");
        String bytes = new String(zip(entries), StandardCharsets.ISO_8859_1).replace("policy.jsoo", "policy.json");

        assertRefused(bytes.getBytes(StandardCharsets.ISO_8859_1), "it holds policy.json twice");
    }

    @Test
    void what_stands_behind_the_files_is_refused() throws IOException {
        byte[] archive = zip(entries);
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.write(archive);
        longer.write("approved".getBytes(StandardCharsets.UTF_8));
        assertRefused(longer.toByteArray(), "before or behind its files");

        byte[] commented = longer.toByteArray();
        commented[archive.length - END + 20] = (byte) "approved".length();
        assertRefused(commented, "before or behind its files");
    }

    @Test
    void a_table_that_leaves_a_file_out_is_refused() throws IOException {
        byte[] archive = zip(entries);
        SortedMap<String, byte[]> fewer = new TreeMap<>(entries);
        fewer.remove("verdicts.json"); // the last one, so that all others stand where they stood
        byte[] table = zip(fewer);
        int end = tableOf(table);
        byte[] whole = ByteArrays.together(archive, tableOf(archive), table, end);

        assertRefused(whole, "its table of contents lists %d of %d files".formatted(fewer.size(), entries.size()));
    }

    private static int tableOf(byte[] archive) {
        int at = archive.length - END + 16;
        return (archive[at] & 0xFF)
                | (archive[at + 1] & 0xFF) << 8
                | (archive[at + 2] & 0xFF) << 16
                | (archive[at + 3] & 0xFF) << 24;
    }

    /** The files of one archive with the table of another that has fewer. */
    private static final class ByteArrays {
        static byte[] together(byte[] files, int filesEnd, byte[] table, int tableFrom) throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            new ByteArrayInputStream(files, 0, filesEnd).transferTo(all);
            new ByteArrayInputStream(table, tableFrom, table.length - tableFrom).transferTo(all);
            byte[] bytes = all.toByteArray();
            int at = bytes.length - END + 16;
            for (int i = 0; i < 4; i++) {
                bytes[at + i] = (byte) (filesEnd >> (8 * i));
            }
            return bytes;
        }
    }
}
