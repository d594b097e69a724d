package dev.slipway.release.files;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.saga.Dossier;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which releases need a file: those whose answers name it, until what proves them goes by retention. */
public final class FileNeeds {
    private FileNeeds() {}

    /** Files that stand with the answers of a release, each content once, under the name that it was first given. */
    public static List<AnswerFile> named(Dossier d) {
        return d.duties().stream()
                .flatMap(answer -> answer.said().files().stream())
                .collect(
                        LinkedHashMap<Digest, AnswerFile>::new,
                        (all, file) -> all.putIfAbsent(file.digest(), file),
                        (one, other) -> other.forEach(one::putIfAbsent))
                .values()
                .stream()
                .toList();
    }

    static Stream<Digest> digests(Dossier d) {
        return named(d).stream().map(AnswerFile::digest);
    }

    /**
     * Those among the releases of a file that need it no longer.
     *
     * @param releases what is known of a release; nothing where its record is gone
     * @param keepings what of it was held or went; nothing where nothing was
     * @param draftFor how long what was handed in waits for the answer that names it
     */
    public static Set<ReleaseId> over(
            FileBytes.Kept file,
            Function<ReleaseId, Optional<Dossier>> releases,
            Function<ReleaseId, Optional<Keeping>> keepings,
            Duration draftFor,
            Instant now) {
        boolean fresh = now.isBefore(file.at().plus(draftFor));
        Set<ReleaseId> over = new LinkedHashSet<>();
        for (ReleaseId id : file.releases()) {
            boolean named = releases.apply(id)
                    .filter(d -> digests(d).anyMatch(file.digest()::equals))
                    .isPresent();
            boolean went = keepings.apply(id).map(Keeping::evidence).isPresent();
            if (named ? went : !fresh) {
                over.add(id);
            }
        }
        return over;
    }
}
