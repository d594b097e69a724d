package dev.slipway.validation.revision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.Arrived;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came in one push about a revision: one report, several, or none but the exit status of a run that wrote none. Its
 * natural key is (kind, suite, run, part, attempt, digests of the files, exit).
 *
 * @param kind for example {@code junit}
 * @param suite which report of that kind, 1 to 100 characters, or null
 * @param digest of the first file's bytes; of the run's record where there is no file
 * @param facts of the files together, without the exit status
 * @param by who sent it
 * @param of which run it belongs to
 * @param exit status of the run's command, or null if nobody said
 * @param record digest of the {@code RunRecord} that says so, or null
 * @param files digests of the reports that count; none where the same were counted for this attempt already
 * @param notes what its reading remarked, at most {@value #NOTES_MAX}
 * @param reader {@link EvidenceReaders#VERSION} when it was read; 0 of what came before there was one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evidence(
        String kind,
        @JsonInclude @Nullable String suite,
        Digest digest,
        Facts facts,
        Instant at,
        String by,
        RunAttempt of,
        @Nullable Long exit,
        @Nullable Digest record,
        List<Digest> files,
        List<String> notes,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int reader)
        implements Arrival {
    public static final int NOTES_MAX = 5;

    public Evidence {
        Texts.requireLength("kind", kind, 1, 40);
        if (suite != null) {
            Texts.requireLength("suite", suite, 1, 100);
        }
        if ((exit == null) != (record == null)) {
            throw new IllegalArgumentException("an exit status has a record, and a record an exit status");
        }
        files = List.copyOf(files);
        notes = List.copyOf(notes.subList(0, Math.min(notes.size(), NOTES_MAX)));
    }

    /** A report of a run that nobody named. */
    public Evidence(String kind, @Nullable String suite, Digest digest, Facts facts, Instant at, String by) {
        this(kind, suite, digest, facts, at, by, RunAttempt.UNKNOWN, null, null, List.of(digest), List.of(), 0);
    }

    /** As it was stored; what earlier versions did not know is absent. */
    @JsonCreator
    static Evidence stored(
            @JsonProperty("kind") String kind,
            @JsonProperty("suite") @Nullable String suite,
            @JsonProperty("digest") Digest digest,
            @JsonProperty("facts") Facts facts,
            @JsonProperty("at") Instant at,
            @JsonProperty("by") String by,
            @JsonProperty("of") @Nullable RunAttempt of,
            @JsonProperty("exit") @Nullable Long exit,
            @JsonProperty("record") @Nullable Digest record,
            @JsonProperty("files") @Nullable List<Digest> files,
            @JsonProperty("notes") @Nullable List<String> notes,
            @JsonProperty("reader") @Nullable Integer reader) {
        return new Evidence(
                kind,
                suite,
                digest,
                facts,
                at,
                by,
                Objects.requireNonNullElse(of, RunAttempt.UNKNOWN),
                exit,
                record,
                files == null ? List.of(digest) : files,
                notes == null ? List.of() : notes,
                reader == null ? 0 : reader);
    }

    boolean isOf(String otherKind, @Nullable String otherSuite) {
        return kind.equals(otherKind) && Objects.equals(suite, otherSuite);
    }

    /** Whether it is the same push again, where no run tells. */
    boolean saysTheSameAs(Evidence other) {
        return files.equals(other.files) && digest.equals(other.digest) && Objects.equals(exit, other.exit);
    }

    /** The same without files that were counted before. */
    Evidence counting(List<Digest> fresh, Facts theirs) {
        return new Evidence(kind, suite, digest, theirs, at, by, of, exit, record, fresh, notes, reader);
    }

    /** What a verdict over it rests on: the files, and the record of the run. */
    List<Digest> inputs() {
        List<Digest> inputs = new ArrayList<>(files);
        if (record != null) {
            inputs.add(record);
        }
        return inputs;
    }

    /** These, and when they came. */
    Arrived arrived() {
        List<Digest> inputs = inputs();
        return new Arrived(inputs, Collections.nCopies(inputs.size(), at));
    }
}
