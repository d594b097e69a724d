package dev.slipway.release.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.release.api.Kept;
import dev.slipway.release.files.FileSettings;
import dev.slipway.release.files.MemoryFiles;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.AnsweredReleases;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What looks for files that nobody needs any more, some at each look. */
final class FileSweepTest {
    private static final ReleaseId HELLO = new ReleaseId("hello@1.0.0");

    private final Kept<Dossier, ReleaseInput> releases = new Kept<>();
    private final Kept<Keeping, KeepingInput> keepings = new Kept<>();
    private Instant now = Instant.parse("2026-01-05T10:00:00Z");
    private final MemoryFiles files = new MemoryFiles(100, () -> now);
    private final FileSweep sweep = new FileSweep(
            files,
            releases,
            keepings,
            new FileSettings(
                    DataSize.ofBytes(50),
                    DataSize.ofKilobytes(1),
                    DataSize.ofBytes(100),
                    10,
                    1,
                    Duration.ofDays(1),
                    Duration.ofMinutes(10),
                    2),
            () -> now);

    private Digest handIn(String content) {
        Digest digest = Digest.of(content);
        files.keep(digest, content.getBytes(StandardCharsets.UTF_8), HELLO);
        return digest;
    }

    @Test
    void what_no_answer_names_goes_after_a_while_and_what_one_names_stays_until_the_evidence_goes() {
        Digest photo = handIn("a photo");
        for (String draft : List.of("one", "two", "three")) {
            handIn(draft);
        }
        releases.states.put(HELLO.value(), AnsweredReleases.naming(Map.of("photo.png", photo)));
        assertThat(sweep.look() + sweep.look() + sweep.look()).isZero();

        now = now.plus(Duration.ofDays(1));

        assertThat(sweep.look() + sweep.look() + sweep.look())
                .as("two at a look")
                .isEqualTo(3);
        assertThat(files.page(null, 10))
                .singleElement()
                .satisfies(left -> assertThat(left.digest()).isEqualTo(photo));

        keepings.states.put(
                HELLO.value(),
                new Keeping(
                        HELLO.value(),
                        null,
                        new Keeping.Going("evidence: 400 days", now, null, 0, null),
                        null,
                        List.of()));
        assertThat(sweep.look() + sweep.look()).isEqualTo(1);
        assertThat(files.page(null, 10)).isEmpty();
    }
}
