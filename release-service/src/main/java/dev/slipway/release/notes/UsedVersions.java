package dev.slipway.release.notes;

import dev.slipway.contracts.SemanticVersion;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.application.Application;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Versions that nobody may suggest again: on their way, had by production, or tagged. */
final class UsedVersions {
    private static final String PLACE = "{version}";

    private UsedVersions() {}

    /** @param tags names of the repository's tags that {@link #pattern} matches */
    static Stream<SemanticVersion> of(Application application, Policy.@Nullable Merge merge, List<String> tags) {
        Stream<SemanticVersion> known =
                application.usedVersions().stream().map(SemanticVersion::of).flatMap(Optional::stream);
        return merge == null ? known : Stream.concat(known, tags.stream().flatMap(tag -> version(merge, tag).stream()));
    }

    /** The tags that the policy gives to versions, for whoever lists them; null where it gives none. */
    static @Nullable String pattern(Policy policy) {
        Policy.Merge merge = policy.merge();
        return merge == null ? null : merge.tag().replace(PLACE, "*");
    }

    private static Optional<SemanticVersion> version(Policy.Merge merge, String tag) {
        int at = merge.tag().indexOf(PLACE);
        String before = merge.tag().substring(0, Math.max(0, at));
        String after = merge.tag().substring(Math.max(0, at) + (at < 0 ? 0 : PLACE.length()));
        boolean fits = at >= 0
                && tag.length() > before.length() + after.length()
                && tag.startsWith(before)
                && tag.endsWith(after);
        return fits
                ? SemanticVersion.of(tag.substring(before.length(), tag.length() - after.length()))
                : Optional.empty();
    }
}
