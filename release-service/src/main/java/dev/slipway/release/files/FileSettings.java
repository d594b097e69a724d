package dev.slipway.release.files;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of files that stand with answers, {@code slipway.release.files.*}.
 *
 * @param fileBytesMax largest file, 1 byte to 64 MB
 * @param chunkBytes of which size pieces are stored, 1 KB to 8 MB
 * @param bytesMax of all files together
 * @param ofReleaseMax different files of one release, those that no answer names yet among them, 1 to 10,000
 * @param handedInAtOnce files that are taken in at the same time, each of which is in memory meanwhile, 1 to 100
 * @param draftFor how long what was handed in waits for the answer that names it, 1 min to 30 d
 * @param every pause between looks for what nobody needs any more, 1 s to 7 d
 * @param looksMax files per look, 1 to 10,000; the next look goes on where this one stopped
 */
@ConfigurationProperties("slipway.release.files")
public record FileSettings(
        DataSize fileBytesMax,
        DataSize chunkBytes,
        DataSize bytesMax,
        int ofReleaseMax,
        int handedInAtOnce,
        Duration draftFor,
        Duration every,
        int looksMax) {
    private static final DataSize FILE_MAX = DataSize.ofMegabytes(64);
    private static final DataSize CHUNK_MIN = DataSize.ofKilobytes(1);
    private static final DataSize CHUNK_MAX = DataSize.ofMegabytes(8);

    public FileSettings {
        require(
                fileBytesMax.toBytes() >= 1 && fileBytesMax.compareTo(FILE_MAX) <= 0,
                "file-bytes-max must be 1 byte to 64 MB, is " + fileBytesMax);
        require(
                chunkBytes.compareTo(CHUNK_MIN) >= 0 && chunkBytes.compareTo(CHUNK_MAX) <= 0,
                "chunk-bytes must be 1 KB to 8 MB, is " + chunkBytes);
        require(bytesMax.compareTo(fileBytesMax) >= 0, "bytes-max must be at least file-bytes-max, is " + bytesMax);
        require(ofReleaseMax >= 1 && ofReleaseMax <= 10_000, "of-release-max must be 1 to 10000, is " + ofReleaseMax);
        require(
                handedInAtOnce >= 1 && handedInAtOnce <= 100,
                "handed-in-at-once must be 1 to 100, is " + handedInAtOnce);
        between("draft-for", draftFor, Duration.ofMinutes(1), Duration.ofDays(30));
        between("every", every, Duration.ofSeconds(1), Duration.ofDays(7));
        require(looksMax >= 1 && looksMax <= 10_000, "looks-max must be 1 to 10000, is " + looksMax);
    }

    private static void between(String what, Duration value, Duration min, Duration max) {
        require(
                value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
                "%s must be %s to %s, is %s".formatted(what, min, max, value));
    }

    private static void require(boolean met, String what) {
        if (!met) {
            throw new IllegalArgumentException("slipway.release.files." + what);
        }
    }
}
