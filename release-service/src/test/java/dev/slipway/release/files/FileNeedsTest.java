package dev.slipway.release.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.saga.AnsweredReleases;
import dev.slipway.release.saga.Dossier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which releases need a file no longer. */
final class FileNeedsTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final Duration DRAFT_FOR = Duration.ofHours(24);
    private static final Digest PHOTO = Digest.of("a photo");
    private static final ReleaseId HELLO = new ReleaseId("hello@1.0.0");

    private static Set<ReleaseId> over(@Nullable Dossier release, @Nullable Keeping keeping, Duration later) {
        return FileNeeds.over(
                new FileBytes.Kept(PHOTO, 7, AT, List.of(HELLO)),
                _ -> Optional.ofNullable(release),
                _ -> Optional.ofNullable(keeping),
                DRAFT_FOR,
                AT.plus(later));
    }

    private static Keeping going() {
        return new Keeping(
                HELLO.value(), null, new Keeping.Going("evidence: 400 days", AT, null, 0, null), null, List.of());
    }

    @Test
    void what_no_answer_names_waits_for_one_for_a_while() {
        Dossier silent = AnsweredReleases.naming(Map.of());

        assertThat(over(silent, null, DRAFT_FOR.minusSeconds(1))).isEmpty();
        assertThat(over(silent, null, DRAFT_FOR)).containsExactly(HELLO);
    }

    @Test
    void what_an_answer_names_is_needed_until_what_proves_the_release_goes_by_retention() {
        Dossier named = AnsweredReleases.naming(Map.of("photo.png", PHOTO));
        Keeping held = new Keeping(HELLO.value(), new Keeping.Held("eve", "audit", AT), null, null, List.of());

        assertThat(over(named, null, Duration.ofDays(800))).isEmpty();
        assertThat(over(named, held, Duration.ofDays(800))).isEmpty();
        assertThat(over(named, going(), Duration.ofDays(800))).containsExactly(HELLO);
    }

    @Test
    void of_a_release_whose_record_is_gone_nothing_is_needed() {
        assertThat(over(null, going(), Duration.ofDays(800))).containsExactly(HELLO);
        assertThat(over(null, null, Duration.ofDays(800))).containsExactly(HELLO);
    }

    @Test
    void each_release_is_looked_at_by_itself() {
        ReleaseId other = new ReleaseId("hello@1.1.0");
        Dossier named = AnsweredReleases.naming(Map.of("photo.png", PHOTO));

        assertThat(FileNeeds.over(
                        new FileBytes.Kept(PHOTO, 7, AT, List.of(HELLO, other)),
                        id -> id.equals(HELLO) ? Optional.of(named) : Optional.empty(),
                        _ -> Optional.empty(),
                        DRAFT_FOR,
                        AT.plus(Duration.ofDays(2))))
                .containsExactly(other);
    }
}
