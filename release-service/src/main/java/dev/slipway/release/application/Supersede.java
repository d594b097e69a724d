package dev.slipway.release.application;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Application to release: make room unless production has begun.
 *
 * @param by a newer release whose revision was read and accepted, or one of a higher version that production got traffic
 *     of; or null
 * @param head what a source branch has moved on to, or null; concerns releases of other revisions
 * @param branches those branches; empty where it is not said
 * @param overtaken whether {@code by} is not newer, but higher
 */
public record Supersede(
        @Nullable ReleaseId by,
        @Nullable Sha head,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> branches,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean overtaken) {
    public Supersede {
        branches = List.copyOf(branches);
    }

    static Supersede byNewer(ReleaseId release) {
        return new Supersede(release, null, List.of(), false);
    }

    static Supersede byHigher(ReleaseId release) {
        return new Supersede(release, null, List.of(), true);
    }

    static Supersede byPush(Sha head, List<String> branches) {
        return new Supersede(null, head, branches, false);
    }
}
