package dev.slipway.release.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.release.files.FileBytes.Content;
import dev.slipway.release.files.FileBytes.Kept;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of files wherever they are kept. At most 40 bytes are, in pieces of 4. */
public interface FileBytesContract {
    Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    ReleaseId ONE = new ReleaseId("hello@1.0.0");
    ReleaseId OTHER = new ReleaseId("hello@1.1.0");
    byte[] PHOTO = "a photo of it".getBytes(StandardCharsets.UTF_8);
    Digest DIGEST = Digest.of(PHOTO);

    FileBytes files();

    /** The time by which files are kept from now on. */
    void at(Instant now);

    /** How many documents, or whatever they are kept in, there are. */
    long stored();

    static Optional<String> text(Optional<Content> found) {
        return found.map(content -> {
            try (InputStream stream = content.stream()) {
                byte[] bytes = stream.readAllBytes();
                assertThat(bytes).hasSize((int) content.bytes());
                return new String(bytes, StandardCharsets.UTF_8);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }

    @Test
    default void bytes_come_back_as_they_were_handed_in() {
        files().keep(DIGEST, PHOTO, ONE);

        assertThat(text(files().find(DIGEST))).contains("a photo of it");
        assertThat(files().wanted(DIGEST, ONE)).contains(13L);
        assertThat(files().wanted(DIGEST, OTHER))
                .as("it was not handed in for that")
                .isEmpty();
        assertThat(files().find(Digest.of("another"))).isEmpty();
    }

    @Test
    default void the_same_bytes_are_stored_once_however_often_and_for_whomever_they_come() {
        files().keep(DIGEST, PHOTO, ONE);
        long once = stored();

        files().keep(DIGEST, PHOTO, ONE);
        files().keep(DIGEST, PHOTO, OTHER);

        assertThat(stored()).isEqualTo(once);
        assertThat(files().of(ONE)).isEqualTo(1);
        assertThat(files().page(null, 10)).containsExactly(new Kept(DIGEST, 13, AT, List.of(ONE, OTHER)));
    }

    @Test
    default void they_stay_until_the_last_release_needs_them_no_longer() {
        files().keep(DIGEST, PHOTO, ONE);
        files().keep(DIGEST, PHOTO, OTHER);

        assertThat(files().letGo(files().page(null, 10).getFirst(), Set.of(ONE)))
                .isFalse();
        assertThat(files().find(DIGEST)).isPresent();
        assertThat(files().of(ONE)).isZero();

        assertThat(files().letGo(files().page(null, 10).getFirst(), Set.of(OTHER)))
                .isTrue();
        assertThat(files().find(DIGEST)).isEmpty();
        assertThat(stored()).isZero();

        files().keep(DIGEST, PHOTO, ONE);
        assertThat(text(files().find(DIGEST))).contains("a photo of it");
    }

    @Test
    default void what_was_wanted_since_it_was_looked_at_stays() {
        files().keep(DIGEST, PHOTO, ONE);
        Kept seen = files().page(null, 10).getFirst();
        at(AT.plus(Duration.ofMinutes(1)));

        assertThat(files().wanted(DIGEST, ONE)).contains(13L);

        assertThat(files().letGo(seen, Set.of(ONE))).isFalse();
        assertThat(files().find(DIGEST)).isPresent();
    }

    @Test
    default void a_file_for_which_there_is_no_room_is_refused_and_nothing_of_it_is_kept() {
        files().keep(DIGEST, PHOTO, ONE);
        byte[] large = new byte[28];

        assertThatThrownBy(() -> files().keep(Digest.of(large), large, ONE))
                .isInstanceOf(FileBytes.FilesFull.class)
                .hasMessageContaining("28 bytes")
                .hasMessageContaining("40 bytes");
        assertThat(files().find(Digest.of(large))).isEmpty();
        assertThat(files().of(ONE)).isEqualTo(1);
        files().keep(DIGEST, PHOTO, OTHER); // takes none
    }

    @Test
    default void pages_go_on_where_the_one_before_ended() {
        for (String each : List.of("a", "b", "c")) {
            files().keep(Digest.of(each), each.getBytes(StandardCharsets.UTF_8), ONE);
        }

        List<Kept> first = files().page(null, 2);
        List<Kept> then = files().page(first.getLast().digest(), 2);

        assertThat(first).hasSize(2);
        assertThat(then).hasSize(1);
        assertThat(Stream.concat(first.stream(), then.stream()).map(Kept::digest))
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
