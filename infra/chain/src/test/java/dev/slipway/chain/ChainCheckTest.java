package dev.slipway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.ChainCheck.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ChainCheckTest {
    private static final String CHAIN = "release-service/release/hello@1.0.0";
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path folder;

    private KeyFolder keys = new KeyFolder(Path.of("unset"));

    @BeforeEach
    void a_key() throws IOException {
        keys = new KeyFolder(folder.resolve("proof"));
        keys.ensure();
    }

    private static ObjectNode record(int n) {
        return (ObjectNode) JSON.readTree("{\"version\":%d,\"input\":\"Approve\",\"actor\":\"user:ada\"}".formatted(n));
    }

    /** Ten records; the last two are closed by checkpoints. */
    private List<Link> chain() {
        List<Link> links = new ArrayList<>();
        @Nullable Seal last = null;
        for (int n = 1; n <= 10; n++) {
            Seal seal = Seal.after(last, CHAIN, record(n));
            last = n < 9 ? seal : seal.with(keys.sign(CHAIN, seal, AT.plusSeconds(n)));
            links.add(new Link(record(n), last));
        }
        return links;
    }

    private static Seal head(List<Link> links) {
        return Objects.requireNonNull(links.getLast().seal());
    }

    private Result check(List<Link> links, @Nullable Seal head) throws IOException {
        return ChainCheck.of(CHAIN, links, head, ProofKeys.of(keys.publicKeys()));
    }

    @Test
    void a_whole_chain_agrees_and_is_closed_by_its_last_checkpoint() throws IOException {
        Result result = check(chain(), head(chain()));

        assertThat(result.faults()).isEmpty();
        assertThat(result.records()).isEqualTo(10);
        assertThat(Objects.requireNonNull(result.closed()).records()).isEqualTo(10);
        assertThat(result.closed().at()).isEqualTo(AT.plusSeconds(10));
    }

    @Test
    void each_flipped_character_of_each_record_is_named_by_its_position() throws IOException {
        List<Link> whole = chain();
        for (int n = 1; n <= 10; n++) {
            String text = record(n).toString();
            for (int at = 0; at < text.length(); at++) {
                List<Link> links = new ArrayList<>(whole);
                @Nullable ObjectNode flipped = flipped(text, at);
                if (flipped != null && !flipped.equals(record(n))) {
                    links.set(n - 1, new Link(flipped, whole.get(n - 1).seal()));
                    assertThat(check(links, head(whole)).faults())
                            .as(flipped.toString())
                            .containsExactly(new ChainCheck.Fault(n, "it does not say what its hash was made of"));
                }
            }
        }
    }

    private static @Nullable ObjectNode flipped(String text, int at) {
        char[] letters = text.toCharArray();
        letters[at] = (char) (letters[at] ^ 1);
        try {
            return (ObjectNode) JSON.readTree(new String(letters));
        } catch (RuntimeException noJsonAnyMore) {
            return null;
        }
    }

    @Test
    void a_dropped_tail_is_named_by_where_it_began() throws IOException {
        List<Link> links = chain();

        assertThat(check(links.subList(0, 7), head(links)).faults())
                .containsExactly(new ChainCheck.Fault(8, "it is missing, and all up to record 10"));
        assertThat(check(links.subList(0, 9), head(links)).faults())
                .containsExactly(new ChainCheck.Fault(10, "it is missing"));
    }

    @Test
    void a_dropped_tail_with_another_end_made_up_is_not_what_was_signed() throws IOException {
        List<Link> links = chain();
        Checkpoint stolen = Objects.requireNonNull(head(links).checkpoint());
        Seal seventh = Objects.requireNonNull(links.get(6).seal()).with(stolen);
        List<Link> cut = new ArrayList<>(links.subList(0, 6));
        cut.add(new Link(record(7), seventh));

        assertThat(check(cut, seventh).faults())
                .singleElement()
                .asString()
                .startsWith("record 7: its checkpoint is not what key ");
    }

    @Test
    void a_dropped_record_in_between_is_named() throws IOException {
        List<Link> links = chain();
        links.remove(3);

        assertThat(check(links, head(links)).faults()).containsExactly(new ChainCheck.Fault(4, "it is missing"));
    }

    @Test
    void swapped_records_are_named_by_position() throws IOException {
        List<Link> links = chain();
        Collections.swap(links, 2, 5);

        assertThat(check(links, head(links)).faults())
                .contains(
                        new ChainCheck.Fault(3, "record 6 stands in its place"),
                        new ChainCheck.Fault(7, "record 4 stands in its place"));
    }

    @Test
    void records_that_swapped_their_content_and_kept_their_seals_are_named() throws IOException {
        List<Link> whole = chain();
        List<Link> links = new ArrayList<>(whole);
        links.set(2, new Link(record(6), whole.get(2).seal()));
        links.set(5, new Link(record(3), whole.get(5).seal()));

        assertThat(check(links, head(whole)).faults())
                .extracting(ChainCheck.Fault::record)
                .containsExactly(3L, 6L);
    }

    @Test
    void a_record_of_another_chain_is_named() throws IOException {
        List<Link> links = chain();
        Seal other = Seal.after(null, "release-service/release/hello@2.0.0", record(1));
        links.set(0, new Link(record(1), other));

        assertThat(check(links, head(links)).faults())
                .containsExactly(
                        new ChainCheck.Fault(1, "it does not say what its hash was made of"),
                        new ChainCheck.Fault(2, "it does not follow from the record before it"));
    }

    @Test
    void records_from_before_the_chain_are_counted_and_one_without_a_hash_within_it_is_named() throws IOException {
        List<Link> links = new ArrayList<>(List.of(new Link(record(0), null), new Link(record(0), null)));
        links.addAll(chain());

        Result result = check(links, head(links));
        assertThat(result.before()).isEqualTo(2);
        assertThat(result.records()).isEqualTo(10);
        assertThat(result.faults()).isEmpty();

        links.add(5, new Link(record(0), null));
        assertThat(check(links, head(links)).faults())
                .containsExactly(new ChainCheck.Fault(4, "it has no hash, though the chain has begun before it"));
    }

    @Test
    void a_chain_whose_first_records_lost_their_hashes_does_not_pass_for_one_that_began_later() throws IOException {
        List<Link> links = chain();
        links.set(0, new Link(record(1), null));
        links.set(1, new Link(record(2), null));

        assertThat(check(links, head(links)).faults())
                .containsExactly(new ChainCheck.Fault(1, "it is missing, and all up to record 2"));
    }

    @Test
    void a_lost_end_and_one_that_came_too_early_are_named() throws IOException {
        List<Link> links = chain();

        assertThat(check(links, null).faults())
                .containsExactly(new ChainCheck.Fault(10, "what was kept of the chain's end is gone"));
        assertThat(check(links, links.get(7).seal()).faults())
                .containsExactly(new ChainCheck.Fault(9, "it came after the end of the chain"));
    }

    @Test
    void old_proofs_stay_proofs_when_the_key_changes_and_new_ones_are_signed_by_the_new_key() throws IOException {
        List<Link> old = chain();
        String first = Objects.requireNonNull(head(old).checkpoint()).key();
        Files.setLastModifiedTime(folder.resolve("proof/signing.pem"), FileTime.from(AT));

        String second = keys.rotate();

        assertThat(check(old, head(old)).faults()).isEmpty();
        List<Link> fresh = chain();
        assertThat(check(fresh, head(fresh)).faults()).isEmpty();
        assertThat(Objects.requireNonNull(head(fresh).checkpoint()).key())
                .isEqualTo(second)
                .isNotEqualTo(first);
    }

    @Test
    void a_key_that_is_not_known_is_named() throws IOException {
        List<Link> links = chain();
        KeyFolder others = new KeyFolder(folder.resolve("others"));
        others.ensure();

        assertThat(ChainCheck.of(CHAIN, links, head(links), ProofKeys.of(others.publicKeys()))
                        .faults())
                .extracting(ChainCheck.Fault::record)
                .containsExactly(9L, 10L);
    }

    @Test
    void only_the_owner_reads_the_key_and_without_one_nothing_is_signed() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("proof/signing.pem"))))
                .isEqualTo("rw-------");

        Seal first = Seal.after(null, CHAIN, record(1));
        assertThat(new KeyFolder(folder.resolve("absent")).sign(CHAIN, first, AT))
                .isNull();
        assertThat(new KeyFolder(folder.resolve("absent")).publicKeys()).isEmpty();
    }
}
